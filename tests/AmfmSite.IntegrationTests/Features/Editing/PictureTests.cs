using System.Net;
using System.Text;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>A picture from an editor's disk to a page: cleaned, kept from visitors until it is published, and sent so that it can do nothing.</summary>
public sealed class PictureTests(EditingSite site) : IClassFixture<EditingSite>
{
    private const string Upload = "/editing/pictures/upload";

    [Fact]
    public async Task Upload_OfAPhotograph_IsADraftUntilItIsPublishedAndThenAFigure()
    {
        var ann = await site.AnnAsync();
        Assert.Equal(Upload, (await ann.GetPageAsync("/editing?kind=picture")).QuerySelectorAll(".tools a").Select(link => link.GetAttribute("href")).Single(href => href == Upload));
        using (var uploaded = await UploadAsync(ann, TestPictures.JpegOfACamera(), "heron-pond", ("Alt", "A heron at a \"pond\": still"), ("By", "A test"), ("People", "no")))
            Assert.Equal("/editing/picture/heron-pond?done=uploaded", uploaded.To());

        var item = await site.ItemAsync("picture/heron-pond");
        var stored = await StoredAsync("heron-pond");
        Assert.Equal((null, 1), (item.LiveNumber, item.LastNumber));
        Assert.Equal(("image/jpeg", 16, 12, "ann@example.org"), (stored.MediaType, stored.Width, stored.Height, stored.StaffName));
        Assert.Contains("Left out of the picture: comments, what the camera or a program wrote down", item.Revisions[0].Reason, StringComparison.Ordinal);
        Assert.Contains("picture heron-pond 1", await site.TraceAsync(AuditAction.ContentSaved));
        Assert.DoesNotContain(TestPictures.Secret, await DatabaseAsync(), StringComparison.Ordinal);

        // The desk sees it, and nobody else.
        var shown = (await ann.GetPageAsync("/editing/picture/heron-pond")).QuerySelector(".shown img")!;
        Assert.Equal(($"/editing/pictures/files/{stored.Name}", "A heron at a \"pond\": still"), (shown.GetAttribute("src"), shown.GetAttribute("alt")));
        Assert.NotNull((await ann.GetPageAsync("/editing/picture/heron-pond/edit")).QuerySelector(".shown img"));
        using (var seen = await ann.GetAsync(shown.GetAttribute("src"))) Assert.Equal((HttpStatusCode.OK, stored.Bytes.Length), (seen.StatusCode, (await seen.Content.ReadAsByteArrayAsync()).Length));
        using var visitor = site.NewClient();
        using (var early = await visitor.GetAsync($"/pictures/files/{stored.Name}")) Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        using (var desk = await visitor.GetAsync($"/editing/pictures/files/{stored.Name}")) Assert.Contains("/staff/sign-in", desk.To(), StringComparison.Ordinal);

        Assert.Equal("/editing/picture/heron-pond?done=published", await ann.DeedAsync("picture/heron-pond", "publish", 1));
        await FigureAsync(ann, "page/accessibility", "heron-pond", "What a heron has to do with it.");
        await site.SeesAsync("/accessibility", "What a heron has to do with it.");
        var image = (await visitor.GetPageAsync("/accessibility")).QuerySelector("figure.picture img")!;
        Assert.Equal(
            [$"/pictures/files/{stored.Name}", "A heron at a \"pond\": still", "16", "12", "lazy", "async"],
            new[] { "src", "alt", "width", "height", "loading", "decoding" }.Select(name => image.GetAttribute(name)));
        using var answer = await visitor.GetAsync(image.GetAttribute("src"));
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal(stored.Bytes, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("public, max-age=86400", $"{string.Join(", ", answer.Headers.GetValues("Cache-Control").SelectMany(value => value.Split(", ")).OrderDescending())}");
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Set-Cookie"));

        // In the list of what can be put in, in small.
        var row = (await ann.GetPageAsync("/editing/inserts/picture?words=heron-pond")).QuerySelector("[data-inserts] > li")!;
        Assert.Equal($"/editing/pictures/files/{stored.Name}", row.QuerySelector("img")!.GetAttribute("src"));
        Assert.Contains("A heron at a \"pond\": still", row.TextContent, StringComparison.Ordinal);

        // It is no landscape, and what a page shows is not taken from under it.
        var post = await EditPost.OpenAsync(ann, "page/find-other-care");
        var head = string.Join('\n', post["Head"].Split('\n').Where(line => !line.StartsWith("picture:", StringComparison.Ordinal)));
        using (var drawn = await post.With("Head", $"{head}picture: heron-pond\n").SendAsync(ann, "preview"))
            Assert.Contains("a page's landscape is one of the drawings of the site. heron-pond was uploaded; it goes into the text with :::figure heron-pond.", await drawn.Content.ReadAsStringAsync().ContinueWith(text => WebUtility.HtmlDecode(text.Result)), StringComparison.Ordinal);
        using var refused = await ann.DeedAnswerAsync("picture/heron-pond", "unpublish", 1, ("Reason", "A test"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Svg_OpenedAtItsAddress_HasNothingInItAndMayDoNothing()
    {
        var ann = await site.AnnAsync();
        using (var uploaded = await UploadAsync(ann, TestPictures.Svg(string.Concat(TestPictures.Hostile.Values) + "<circle r=\"3\"/>"), "hostile", ("Alt", "A circle"), ("By", "A test"), ("People", "no")))
            Assert.Equal("/editing/picture/hostile?done=uploaded", uploaded.To());
        Assert.Contains("script", (await ann.GetPageAsync("/editing/picture/hostile?done=uploaded")).QuerySelector(".revisions")!.TextContent, StringComparison.Ordinal);
        var file = await StoredAsync("hostile");
        Assert.DoesNotContain("alert(1)</script", Encoding.UTF8.GetString(file.Bytes), StringComparison.Ordinal);
        Assert.Equal("/editing/picture/hostile?done=published", await ann.DeedAsync("picture/hostile", "publish", 1));
        await site.SeesAsync($"/pictures/files/{file.Name}", "<circle r=\"3\"");

        using var visitor = site.NewClient();
        foreach (var (client, path) in new[] { (visitor, $"/pictures/files/{file.Name}"), (ann, $"/editing/pictures/files/{file.Name}") })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal("image/svg+xml; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
            Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal(("nosniff", "DENY", "same-origin"), (answer.Headers.GetValues("X-Content-Type-Options").Single(), answer.Headers.GetValues("X-Frame-Options").Single(), answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single()));
        }

        // Taken down, its address is one like any other that there never was.
        Assert.Equal("/editing/picture/hostile?done=unpublished", await ann.DeedAsync("picture/hostile", "unpublish", 1, ("Reason", "A test")));
        await site.SeesAsync($"/pictures/files/{file.Name}", "<h1");
        using var gone = await visitor.GetAsync($"/pictures/files/{file.Name}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Upload_OfTheSameBytesTwice_IsOneFile()
    {
        var ann = await site.AnnAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => UploadAsync(ann, TestPictures.Png(shade: 1), $"twice-{i}", ("People", "no"))));
        foreach (var (answer, i) in answers.Select((answer, i) => (answer, i))) using (answer) Assert.Equal($"/editing/picture/twice-{i}?done=uploaded", answer.To());
        var name = (await StoredAsync("twice-0")).Name;
        Assert.Equal(1, await site.InDatabaseAsync(db => db.PictureFiles.CountAsync(file => file.Name == name)));
        Assert.Equal(name, (await StoredAsync("twice-3")).Name);
    }

    [Theory]
    [InlineData("gif", "photo.png", "none of PNG")]
    [InlineData("html", "photo.png", "cannot be read")]
    [InlineData("vast", "vast.png", "100000 by 100000 pixels")]
    [InlineData("cut", "cut.png", "broken")]
    [InlineData("empty", "empty.png", "is empty")]
    [InlineData("large", "large.png", "more than 2 MB")]
    [InlineData("turned", "turned.jpg", "save it upright")]
    [InlineData("bomb", "bomb.svg", "document type")]
    [InlineData("none", "", "Choose the picture.")]
    public async Task Upload_OfWhatCannotBeTaken_SaysWhyAndKeepsWhatWasTyped(string what, string name, string says)
    {
        byte[] bytes = what switch
        {
            "gif" => [.. "GIF89a"u8, .. TestPictures.Png()],
            "html" => "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray(),
            "vast" => TestPictures.Png(100_000, 100_000),
            "cut" => TestPictures.Png()[..^5],
            "large" => [.. TestPictures.Png(), .. new byte[3 * 1024 * 1024]],
            "turned" => TestPictures.JpegOfACamera(6),
            "bomb" => TestPictures.Svg("<text>&a;</text>", before: "<!DOCTYPE svg [<!ENTITY a \"aaaa\">]>"),
            _ => [],
        };
        var ann = await site.AnnAsync();
        var before = await site.InDatabaseAsync(db => db.PictureFiles.CountAsync());
        using var answer = await UploadAsync(ann, what == "none" ? null : bytes, "refused", name, ("Alt", "Typed by hand"), ("By", "Somebody"), ("People", "yes"), ("Consent", "On paper"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.ReadAsync();
        Assert.Contains(says, page.QuerySelector(".summary a[href='#f-file']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("choose the picture once more", page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("refused", "Typed by hand", "Somebody", "On paper"), (Value("Key"), page.QuerySelector("[name=Alt]")!.TextContent.Trim(), Value("By"), Value("Consent")));
        Assert.True(page.QuerySelector("[name=People][value=yes]")!.HasAttribute("checked"));
        Assert.Equal(before, await site.InDatabaseAsync(db => db.PictureFiles.CountAsync()));
        Assert.False(await site.InDatabaseAsync(db => db.ContentItems.AnyAsync(item => item.Key == "refused")));

        string? Value(string field) => page.QuerySelector($"[name={field}]")!.GetAttribute("value");
    }

    [Fact]
    public async Task Upload_WithAKeyThatIsTakenOrNoAnswer_IsRefusedAtThatField()
    {
        var ann = await site.AnnAsync();
        using (var taken = await UploadAsync(ann, TestPictures.Png(), "shore", ("People", "no")))
        {
            Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
            Assert.Equal("/editing/picture/shore", (await taken.ReadAsync()).QuerySelector("main a.pad")!.GetAttribute("href"));
        }

        using var silent = await UploadAsync(ann, TestPictures.Png(), "Two words");
        var page = await silent.ReadAsync();
        Assert.Equal(["#f-key", "#f-people"], page.QuerySelectorAll(".summary a").Select(link => link.GetAttribute("href")));
    }

    /// <summary>The gate has asked both of every picture for long; an uploaded one is no exception.</summary>
    [Fact]
    public async Task Publish_WithoutWordsOrConsent_IsRefused()
    {
        var ann = await site.AnnAsync();
        using (await UploadAsync(ann, TestPictures.Webp(), "two-people", ("People", "yes"))) { }
        using var refused = await ann.DeedAnswerAsync("picture/two-people", "publish", 1);
        var says = await refused.MainAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        foreach (var rule in new[] { "[alternative-text]", "[consent]", "by: is missing" }) Assert.Contains(rule, says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_OfAFileThatIsNotThere_IsAFault()
    {
        var ann = await site.AnnAsync();
        using (await UploadAsync(ann, TestPictures.Png(shade: 9), "moved-on", ("Alt", "A square"), ("By", "A test"), ("People", "no"))) { }
        var post = await EditPost.OpenAsync(ann, "picture/moved-on");
        await post.Change((await StoredAsync("moved-on")).Name, "0123456789abcdef.png").SaveAsync(ann);
        using var refused = await ann.DeedAnswerAsync("picture/moved-on", "publish", 2);
        Assert.Contains("is not stored here", await refused.MainAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient editor, byte[]? bytes, string key, params (string Name, string Value)[] fields) => UploadAsync(editor, bytes, key, "anything.gif", fields);

    /// <param name="name">What the file is called, which counts for nothing; nor does the type that goes with it.</param>
    private static async Task<HttpResponseMessage> UploadAsync(HttpClient editor, byte[]? bytes, string key, string name, params (string Name, string Value)[] fields)
    {
        var content = new MultipartFormDataContent { { new StringContent((await editor.GetPageAsync(Upload)).QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" }, { new StringContent(key), "Key" } };
        foreach (var (field, value) in fields) content.Add(new StringContent(value), field);
        if (bytes is not null) content.Add(new ByteArrayContent(bytes) { Headers = { ContentType = new("text/html") } }, "File", name);
        return await editor.PostAsync(Upload, content);
    }

    private static async Task FigureAsync(HttpClient editor, string record, string picture, string caption)
    {
        var post = await EditPost.OpenAsync(editor, record);
        await post.With("Body", $"{post["Body"]}\n\n:::figure {picture}\n{caption}\n:::\n").SaveAsync(editor);
        Assert.EndsWith("?done=published", await PublishAsync(), StringComparison.Ordinal);

        async Task<string> PublishAsync() => await editor.DeedAsync(record, "publish", int.Parse(post["BasedOn"], System.Globalization.CultureInfo.InvariantCulture) + 1);
    }

    private async Task<PictureFile> StoredAsync(string key)
    {
        var source = (await site.ItemAsync($"picture/{key}")).Revisions[^1].Source;
        var name = source.Split('\n')[0]["file: ".Length..];
        return await site.InDatabaseAsync(db => db.PictureFiles.AsNoTracking().SingleAsync(file => file.Name == name));
    }

    /// <summary>Every byte of the database, its journal among them.</summary>
    private async Task<string> DatabaseAsync()
    {
        var text = new StringBuilder();
        foreach (var file in new[] { site.DatabaseFile, site.DatabaseFile + "-wal" }.Where(File.Exists))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(open, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }
}
