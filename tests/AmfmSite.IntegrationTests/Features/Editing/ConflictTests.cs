using System.Net;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>Two people at one text: nothing is lost.</summary>
public sealed class ConflictTests(EditingSite site) : IClassFixture<EditingSite>
{
    [Fact]
    public async Task Save_OnANewerRevision_KeepsWhatWasTypedShowsWhatTheOtherChangedAndPutsBothTogether()
    {
        const string Page = "page/social-isolation";
        var ann = await site.AnnAsync();
        var cy = await site.CyAsync();
        var (anns, cys) = (await EditPost.OpenAsync(ann, Page), await EditPost.OpenAsync(cy, Page));
        await cys.Change("Most people pull back now and then", "Most of us pull back at times").With("Reason", "Nearer to the reader").SaveAsync(cy);

        anns.With("Fields[title]", "A way back to company").Change("Few people call or visit", "Hardly anybody calls");
        using (var conflict = await anns.SendAsync(ann))
        {
            Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
            var page = await conflict.ReadAsync();
            foreach (var part in new[] { "Somebody else saved", "Revision 2 by cy@example.org", "Nearer to the reader", "both texts can be put together" }) Assert.Contains(part, page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("[put in: of us ]", page.QuerySelector(".diff")!.TextContent, StringComparison.Ordinal);
            var (title, body) = (anns["Fields[title]"], anns["Body"]);
            Assert.Equal((title, body, "2", "1"), (anns.Read(page)["Fields[title]"], anns["Body"], anns["BasedOn"], anns["Began"]));
        }

        using (var merged = await anns.SendAsync(ann, "merge"))
        {
            Assert.Equal(HttpStatusCode.OK, merged.StatusCode);
            anns.Read(await merged.ReadAsync());
            Assert.Equal(("2", "0", "A test"), (anns["BasedOn"], anns["Began"], anns["Reason"]));
        }

        await anns.SaveAsync(ann);
        var source = (await site.ItemAsync(Page)).Revisions[2].Source;
        foreach (var part in new[] { "title: A way back to company", "Hardly anybody calls", "Most of us pull back at times" }) Assert.Contains(part, source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_WhereBothChangedOneLine_MarksItInWords_AndTheMarksKeepItFromBeingPublished()
    {
        var ann = await site.AnnAsync();
        var cy = await site.CyAsync();
        var (anns, cys) = (await EditPost.OpenAsync(ann, "location/virtual"), await EditPost.OpenAsync(cy, "location/virtual"));
        await cys.With("Body", cys["Body"].Replace("name: ", "name: Cys ", StringComparison.Ordinal)).SaveAsync(cy);
        anns.With("Body", anns["Body"].Replace("name: ", "name: Anns ", StringComparison.Ordinal));
        using (var conflict = await anns.SendAsync(ann))
        {
            Assert.Contains("One place was changed by both of you", (await conflict.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
            anns.With("BasedOn", "2").With("Began", "1");
        }

        using (var merged = await anns.SendAsync(ann, "merge")) anns.Read(await merged.ReadAsync());
        Assert.Matches("(?s)<<<<<<< YOURS\nname: Anns [^\n]+\n======= THEIRS\nname: Cys [^\n]+\n>>>>>>> Keep one", anns["Body"]);
        await anns.SaveAsync(ann);
        using (var refused = await ann.DeedAnswerAsync("location/virtual", "publish", 3))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("A mark of putting two texts together", await refused.MainAsync(), StringComparison.Ordinal);
        }

        // Theirs is taken: saved on top of the newest, and the other's revision is still there.
        await (await EditPost.OpenAsync(ann, "location/virtual")).With("Body", (await site.ItemAsync("location/virtual")).Revisions[1].Source).SaveAsync(ann);
        Assert.Equal($"/editing/location/virtual?done=published", await ann.DeedAsync("location/virtual", "publish", 4));
    }

    [Fact]
    public async Task Save_ByManyAtOnce_GivesOneARevisionAndTheOthersAConflict()
    {
        const string Page = "page/loneliness";
        var ann = await site.AnnAsync();
        var posts = new List<EditPost>();
        for (var i = 0; i < 6; i++) posts.Add((await EditPost.OpenAsync(ann, Page)).With("Fields[lead]", $"Lead {i}."));
        var answers = await Task.WhenAll(posts.Select(post => post.SendAsync(ann)));
        Assert.Equal((1, 5), (answers.Count(answer => answer.To() == $"/editing/{Page}?done=saved"), answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict)));
        Assert.Equal(2, (await site.ItemAsync(Page)).Revisions.Count);
        foreach (var answer in answers) answer.Dispose();
    }
}
