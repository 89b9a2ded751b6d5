using System.Net;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>A page that moves leaves the way to it behind, in the same transaction; who still comes by old ways is counted.</summary>
public sealed class RedirectTests
{
    private const string Page = "page/contact", Redirects = "redirects/redirects";

    [Fact]
    public async Task Publish_APageThatMovesTwiceAndBack_LeavesFlatRedirectsAndNoLoop()
    {
        await using var site = new EditingSite();
        var ann = await site.AnnAsync();
        var before = (await site.ItemAsync(Redirects)).Revisions[0].Source;
        await MoveAsync("/write-to-us", 2);
        await LeadsAsync("/contact", "/write-to-us");
        Assert.Equal(before + "- from: /contact\n  to: contact\n", await LiveAsync());

        await MoveAsync("/reach-us", 3);
        await LeadsAsync("/contact", "/reach-us");
        await LeadsAsync("/write-to-us", "/reach-us");

        // An address that is a page again leads nowhere else.
        await MoveAsync("/contact", 4);
        await LeadsAsync("/reach-us", "/contact");
        await LeadsAsync("/write-to-us", "/contact");
        Assert.Equal(before + "- from: /write-to-us\n  to: contact\n- from: /reach-us\n  to: contact\n", await LiveAsync());

        var item = await site.ItemAsync(Redirects);
        Assert.Equal((4, 4, "contact moved from /reach-us to /contact", "ann@example.org"), (item.LiveNumber, item.LastNumber, item.Revisions[3].Reason, item.Revisions[3].Author));
        Assert.Contains("redirects redirects 4", await site.TraceAsync(AuditAction.ContentPublished));

        async Task MoveAsync(string address, int number)
        {
            await (await EditPost.OpenAsync(ann, Page)).With("Fields[slug]", address).SaveAsync(ann);
            Assert.Equal($"/editing/{Page}?done=published", await ann.DeedAsync(Page, "publish", number));
            await site.SeesAsync(address, "How to reach us</h1>");
        }

        async Task<string> LiveAsync() => (await site.ItemAsync(Redirects)) is { } redirects ? redirects.Revisions.Single(revision => revision.Number == redirects.LiveNumber).Source : "";

        async Task LeadsAsync(string from, string to)
        {
            using var visitor = site.NewClient();
            using var answer = await visitor.GetAsync(from);
            Assert.Equal((HttpStatusCode.MovedPermanently, to), (answer.StatusCode, answer.Headers.Location?.ToString()));
        }
    }

    [Fact]
    public async Task Publish_WhileADraftOfTheRedirectsWaits_KeepsTheDraftWithTheNewRedirectInIt()
    {
        await using var site = new EditingSite();
        var ann = await site.AnnAsync();
        var post = await EditPost.OpenAsync(ann, Redirects);
        await post.With("Body", post["Body"] + "# mine\n- from: /half-done\n  gone: true\n").SaveAsync(ann);
        await (await EditPost.OpenAsync(ann, Page)).With("Fields[slug]", "/write-to-us").SaveAsync(ann);
        Assert.Equal($"/editing/{Page}?done=published", await ann.DeedAsync(Page, "publish", 2));

        var item = await site.ItemAsync(Redirects);
        Assert.Equal((3, 4), (item.LiveNumber, item.LastNumber));
        Assert.DoesNotContain("/half-done", item.Revisions[2].Source, StringComparison.Ordinal);
        Assert.EndsWith("# mine\n- from: /half-done\n  gone: true\n- from: /contact\n  to: contact\n", item.Revisions[3].Source, StringComparison.Ordinal);
    }

    /// <summary>A fault anywhere stops the page and its redirect together.</summary>
    [Fact]
    public async Task Publish_AMoveThatIsRefused_ChangesNoRedirect()
    {
        await using var site = new EditingSite();
        var ann = await site.AnnAsync();
        await (await EditPost.OpenAsync(ann, Page)).With("Fields[slug]", "/about").SaveAsync(ann);
        Assert.Equal("422", await ann.DeedAsync(Page, "publish", 2));
        Assert.Equal((1, 1), ((await site.ItemAsync(Page)).LiveNumber, (await site.ItemAsync(Redirects)).LastNumber));
    }

    [Theory]
    [InlineData("- from: /one\n  to: /two\n", "never an address, so that no chain and no loop can be written")]
    [InlineData("- from: /contact\n  to: contact\n", "/contact is the address of a page; it cannot lead elsewhere.")]
    [InlineData("- from: /isolation\n  to: contact\n", "/isolation stands twice.")]
    public async Task Publish_RedirectsByHandThatLoopOrChain_IsRefusedWithTheLine(string added, string says)
    {
        await using var site = new EditingSite();
        var ann = await site.AnnAsync();
        var post = await EditPost.OpenAsync(ann, Redirects);
        await post.With("Body", post["Body"] + added).SaveAsync(ann);
        using var refused = await ann.DeedAnswerAsync(Redirects, "publish", 2);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var said = await refused.MainAsync();
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Matches("redirects.yaml:[0-9]+:", said);
    }

    [Fact]
    public async Task Visit_OldAddresses_AreCountedByDayWithoutWhoCame()
    {
        await using var site = new EditingSite();
        using (var visitor = site.NewClient())
        {
            foreach (var path in new[] { "/isolation", "/ISOLATION/", "/isolation?name=somebody&utm=x", "/testimonials", "/no-such-page", "/contact" })
                using (await visitor.GetAsync(path)) { }
        }

        var hits = site.Services.GetRequiredService<RedirectHits>();
        await site.InDatabaseAsync(async db =>
        {
            await hits.StoreAsync(db, CancellationToken.None);
            return 0;
        });
        using (var visitor = site.NewClient()) using (await visitor.GetAsync("/isolation")) { }
        await site.InDatabaseAsync(async db =>
        {
            await hits.StoreAsync(db, CancellationToken.None);
            return 0;
        });
        await SettledAsync(site, 5);
        var stored = await site.InDatabaseAsync(db => db.RedirectHits.OrderBy(hit => hit.Path).Select(hit => new { hit.Path, hit.Count }).ToListAsync());
        Assert.Equal([("/isolation", 4), ("/testimonials", 1)], stored.GroupBy(hit => hit.Path).Select(hits => (hits.Key, hits.Sum(hit => hit.Count))));

        var row = (await (await site.AnnAsync()).GetPageAsync($"/editing/{Redirects}")).QuerySelector("tbody tr")!;
        Assert.Equal(["/conditions/social-isolation", "4", "4"], row.QuerySelectorAll("td").Take(3).Select(cell => cell.TextContent.Trim()));
    }

    /// <summary>A database that takes nothing keeps no visitor from being led on, and what was counted waits.</summary>
    [Fact]
    public async Task Visit_WhileCountsCannotBeWritten_LeadsOnAndCountsLater()
    {
        await using var site = new EditingSite();
        using var visitor = site.NewClient();
        await site.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE RedirectHits RENAME TO Away"));
        using (var answer = await visitor.GetAsync("/isolation")) Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        var hits = site.Services.GetRequiredService<RedirectHits>();
        await Assert.ThrowsAnyAsync<Exception>(() => site.InDatabaseAsync(async db =>
        {
            // Empty when the site's own timer has them in hand at this moment; then it puts them back.
            for (var tries = 0; tries < 300; tries++)
            {
                await hits.StoreAsync(db, CancellationToken.None);
                await Task.Delay(20);
            }

            return 0;
        }));
        await site.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Away RENAME TO RedirectHits"));
        await SettledAsync(site, 1);
    }

    /// <summary>Until so many are written down: the site's own timer writes too, and may hold some of them for a moment.</summary>
    private static async Task SettledAsync(SiteHost site, int count)
    {
        var hits = site.Services.GetRequiredService<RedirectHits>();
        for (var tries = 0; tries < 300; tries++)
        {
            var written = await site.InDatabaseAsync(async db =>
            {
                await hits.StoreAsync(db, CancellationToken.None);
                return await db.RedirectHits.SumAsync(hit => hit.Count);
            });
            if (written == count) return;
            await Task.Delay(100);
        }

        Assert.Fail($"{count} were never written down.");
    }
}
