using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>What a change touches is said before it is made.</summary>
public sealed class UsesTests(EditingSite site) : IClassFixture<EditingSite>
{
    [Theory]
    [InlineData("reference/R08", "page/social-isolation", "cites it")]
    [InlineData("faq/lonely-my-fault", "page/loneliness", "shows it")]
    [InlineData("page/loneliness", "faq/lonely-my-fault", "has its home there")]
    [InlineData("page/social-isolation", "page/loneliness", "is about it")]
    [InlineData("page/social-isolation", "redirects/redirects", "leads /isolation to it")]
    [InlineData("page/conditions", "page/loneliness", "stands below it")]
    [InlineData("page/family-involvement", "treatment/family-therapy", "has it as its page")]
    [InlineData("picture/valley", "page/loneliness", "shows it")]
    [InlineData("location/virtual", "page/locations", "draws all of this kind")]
    [InlineData("level/outpatient", "page/levels-of-care", "draws all of this kind")]
    public async Task Used_Record_NamesWhatRefersToIt(string record, string user, string how)
    {
        var page = await (await site.AnnAsync()).GetPageAsync($"/editing/{record}");
        var line = page.QuerySelectorAll(".uses li").FirstOrDefault(line => line.QuerySelector("a")!.GetAttribute("href") == $"/editing/{user}");
        Assert.NotNull(line);
        Assert.Contains(how, line.TextContent, StringComparison.Ordinal);
        Assert.Contains("touched by it: see which", page.QuerySelector("details.pane")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>By what the compiler resolved: the links and the marked words of the texts, not words that look like them.</summary>
    [Fact]
    public async Task Used_LinksAndMarkedWords_FollowWhatIsPublished()
    {
        var ann = await site.AnnAsync();
        const string Page = "page/contact";
        Assert.DoesNotContain("/editing/" + Page, await UsersAsync("term/hikikomori"));
        var post = await EditPost.OpenAsync(ann, Page);
        await post.With("Body", post["Body"].TrimEnd('\n') + "\n\nOf [years at home](term:hikikomori) you may write, too; see [grief](page:grief-and-isolation#help) and `page:privacy`.\n").SaveAsync(ann);
        Assert.DoesNotContain("/editing/" + Page, await UsersAsync("term/hikikomori"));
        foreach (var named in new[] { "term/hikikomori", "page/grief-and-isolation", "page/privacy" }) Assert.Contains("/editing/" + Page, await DraftsAsync(named));
        foreach (var other in new[] { "page/loneliness", "reference/R08" }) Assert.DoesNotContain("/editing/" + Page, await DraftsAsync(other));
        Assert.Equal($"/editing/{Page}?done=published", await ann.DeedAsync(Page, "publish", 2));
        await site.SeesAsync("/contact", "years at home");
        Assert.Contains("/editing/" + Page, await UsersAsync("term/hikikomori"));
        Assert.Contains("/editing/" + Page, await UsersAsync("page/grief-and-isolation"));

        Assert.DoesNotContain("/editing/" + Page, await DraftsAsync("term/hikikomori"));

        async Task<List<string>> UsersAsync(string record) => [.. (await ListsAsync(record)).Where(list => !IsOfDrafts(list)).SelectMany(Links)];
        async Task<List<string>> DraftsAsync(string record) => [.. (await ListsAsync(record)).Where(IsOfDrafts).SelectMany(Links)];
        async Task<IEnumerable<IElement>> ListsAsync(string record) => (await ann.GetPageAsync($"/editing/{record}")).QuerySelectorAll(".uses");
        static bool IsOfDrafts(IElement list) => list.PreviousElementSibling!.TextContent.StartsWith("Drafts that seem", StringComparison.Ordinal);
        static IEnumerable<string> Links(IElement list) => list.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!);
    }

    [Fact]
    public async Task Menus_AreShownInTheirOrder_AndLeadToWhereTheyAreWritten()
    {
        var menus = await (await site.AnnAsync()).GetPageAsync("/editing/menus");
        using var visitor = site.NewClient();
        var home = await visitor.GetPageAsync("/");
        foreach (var (menu, seen) in new[] { ("main-menu", ".mainnav a[href]:not(.tel)"), ("foot-menu", ".foot nav a") })
        {
            var lines = menus.QuerySelectorAll($"[aria-labelledby={menu}] li").ToList();
            var shown = home.QuerySelectorAll(seen).Select(link => link.GetAttribute("href")).ToList();
            Assert.True(lines.Count > 3);
            Assert.Equal(shown.Take(lines.Count), lines.Select(line => line.QuerySelector(".opt")!.TextContent));
            Assert.All(lines, line => Assert.StartsWith("/editing/page/", line.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task List_NamedNowhere_ShowsWhatNobodyCites()
    {
        var ann = await site.AnnAsync();
        using (await StaffDesk.PostFromAsync(ann, "/editing/new/reference", "/editing/new/reference", ("Key", "R950"), ("Name", "Nobody cites this"))) { }
        var keys = (await ann.GetPageAsync("/editing?kind=reference&Show=unused")).QuerySelectorAll("tbody a").Select(link => link.GetAttribute("href")).ToList();
        Assert.Contains("/editing/reference/R950", keys);
        Assert.DoesNotContain("/editing/reference/R08", keys);
        Assert.DoesNotContain("unused", (await ann.GetPageAsync("/editing?kind=crisis")).QuerySelectorAll("option").Select(option => option.GetAttribute("value")));
    }
}
