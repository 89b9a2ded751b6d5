using System.Net;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>A record is begun at the desk, as a draft that only the gate lets out.</summary>
public sealed class NewRecordTests(EditingSite site) : IClassFixture<EditingSite>
{
    [Theory]
    [InlineData("page", "begun-page", "pages/begun-page.md")]
    [InlineData("faq", "begun-question", "faqs/begun-question.md")]
    [InlineData("term", "begun-word", "glossary/begun-word.md")]
    [InlineData("reference", "R900", "references.json")]
    [InlineData("level", "begun-level", "levels/begun-level.yaml")]
    [InlineData("treatment", "begun-treatment", "treatments/begun-treatment.yaml")]
    [InlineData("location", "begun-place", "locations/begun-place.yaml")]
    [InlineData("crisis", "begun-line", "crisis/begun-line.yaml")]
    [InlineData("picture", "begun-picture", "pictures/begun-picture.yaml")]
    public async Task New_OfEveryKind_IsADraftThatCannotBePublishedWhileItIsEmpty(string kind, string key, string path)
    {
        const string Name = "Say \"hello\": a \\ <b>";
        var ann = await site.AnnAsync();
        Assert.Equal($"/editing/new/{kind}", (await ann.GetPageAsync($"/editing?kind={kind}")).QuerySelector(".tools a.btn")!.GetAttribute("href"));
        using (var begun = await BeginAsync(ann, kind, key, ("Name", Name), ("Sort", "about"))) Assert.Equal($"/editing/{kind}/{key}/edit", begun.To());

        var item = await site.ItemAsync($"{kind}/{key}");
        Assert.Equal((null, 1, path), (item.LiveNumber, item.LastNumber, ContentPack.PathOf(kind, key)));
        Assert.Contains($"{kind} {key} 1", await site.TraceAsync(AuditAction.ContentSaved));
        Assert.Contains("Say \\\"hello\\\": a \\\\ <b>", item.Revisions[0].Source, StringComparison.Ordinal);
        var edit = await ann.GetPageAsync($"/editing/{kind}/{key}/edit");
        Assert.Contains(edit.QuerySelectorAll("form#text input, form#text textarea").Select(field => field.GetAttribute("value") ?? field.TextContent), value => value.Contains("hello", StringComparison.Ordinal));

        // By the gate, with whatever review it needs.
        await (await site.BeaAsync()).DeedAsync($"{kind}/{key}", "approve", 1);
        using var refused = await ann.DeedAnswerAsync($"{kind}/{key}", "publish", 1);
        Assert.Equal(kind is "faq" or "reference" ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task New_FilledInAndPublished_IsSeenAndExportedToItsFile()
    {
        var (ann, bea) = (await site.AnnAsync(), await site.BeaAsync());
        using (await BeginAsync(ann, "reference", "R901", ("Name", "A made-up study of waiting"))) { }
        Assert.Equal("/editing/reference/R901?done=published", await ann.DeedAsync("reference/R901", "publish", 1));
        using (await BeginAsync(ann, "page", "waiting-well", ("Sort", "article"), ("Name", "Waiting well"))) { }
        var post = (await EditPost.OpenAsync(ann, "page/waiting-well")).With("Fields[slug]", "/articles/waiting-well").With("Fields[description]", "What helps while you wait.").With("Fields[lead]", "You can begin before a first call.")
            .With("Body", "## While you wait {#wait}\n\nA study was made up for this page. [@R901]\n");
        await post.With("Head", post["Head"].Replace("claims:\n", "claims:\n  R901:\n    claim: A study was made up.\n    note: It was.\n    grade: background\n    basis: title\n    checkedBy: editorial\n    checkedOn: 2026-11-22\n", StringComparison.Ordinal)).SaveAsync(ann);
        Assert.Equal("/editing/page/waiting-well?done=approved", await bea.DeedAsync("page/waiting-well", "approve", 2));
        Assert.Equal("/editing/page/waiting-well?done=published", await ann.DeedAsync("page/waiting-well", "publish", 2));
        await site.SeesAsync("/articles/waiting-well", "A made-up study of waiting");

        var directory = Directory.CreateTempSubdirectory("amfmsite-new-");
        try
        {
            var live = await site.InDatabaseAsync(db => PublishedContent.LiveAsync(db, CancellationToken.None));
            ContentPack.Write(directory.FullName, live);
            Assert.Equal((await site.ItemAsync("page/waiting-well")).Revisions[1].Source, await File.ReadAllTextAsync(Path.Combine(directory.FullName, "pages", "waiting-well.md")));
            var again = ContentPack.Read(directory.FullName);
            Assert.Equal(live.OrderBy(file => (file.Kind, file.Key)).Select(file => file.Text), again.OrderBy(file => (file.Kind, file.Key)).Select(file => file.Text));
            Assert.Contains(again, file => (file.Kind, file.Key) == ("reference", "R901"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("page", "", "422", "Write the key")]
    [InlineData("page", "two words", "422", "letters a to z, digits and hyphens")]
    [InlineData("page", "../secret", "422", "letters a to z, digits and hyphens")]
    [InlineData("page", "Living", "422", "small letters")]
    [InlineData("page", "my-request", "422", "belongs to a page of the site itself")]
    [InlineData("page", "home", "409", "There is a record home of this kind already")]
    [InlineData("reference", "r08", "409", "There is a record R08 of this kind already")]
    public async Task New_WithAKeyThatCannotBe_SaysWhyAndKeepsWhatWasTyped(string kind, string key, string status, string says)
    {
        var ann = await site.AnnAsync();
        using var answer = await BeginAsync(ann, kind, key, ("Name", "Typed by hand"), ("Sort", "article"));
        Assert.Equal(status, answer.To());
        var page = await answer.ReadAsync();
        Assert.Contains(says, page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((key, "Typed by hand"), (page.QuerySelector("[name=Key]")!.GetAttribute("value") ?? "", page.QuerySelector("[name=Name]")!.GetAttribute("value")));
        if (kind == "page") Assert.Equal("article", page.QuerySelector("option[selected]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("provider")]
    [InlineData("redirects")]
    [InlineData("desk")]
    [InlineData("nothing")]
    public async Task New_OfAKindThereIsOneOf_IsNotThere(string kind)
    {
        using var answer = await (await site.AnnAsync()).GetAsync($"/editing/new/{kind}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> BeginAsync(HttpClient editor, string kind, string key, params (string, string)[] more) =>
        await editor.PostFromAsync($"/editing/new/{kind}", $"/editing/new/{kind}", [("Key", key), .. more]);
}
