using System.Globalization;
using AmfmSite.IntegrationTests.Faults;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>A review that is due has consequences: at the desk, on the page, and in what other pages recommend.</summary>
public sealed class DueReviewTests(EditingSite site) : IClassFixture<EditingSite>
{
    private const string Page = "page/orange-county", Address = "/locations/california/orange-county";

    [Fact]
    public async Task Review_ThatIsOverdue_IsToldAndAfterAWhileRecommendedNowhere()
    {
        var ann = await site.AnnAsync();
        using var visitor = site.NewClient();
        const string Neighbor = "/locations/california/san-diego-county";
        Assert.Contains(Address, await RecommendedAsync(), StringComparison.Ordinal);
        Assert.Contains("Nothing is overdue.", await DueAsync(), StringComparison.Ordinal);

        // In three months, then ten days ago, then longer ago than the grace time.
        await ReviewAsync(2, Day(90));
        Assert.Contains($"{DateOnly.ParseExact(Day(90), "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("MMMM yyyy", CultureInfo.InvariantCulture)}", await DueAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("overdue", (await visitor.GetPageAsync(Address)).QuerySelector(".stamp")!.TextContent, StringComparison.Ordinal);
        await ReviewAsync(3, Day(-10));
        Assert.Contains("on no other page recommends it.", await DueAsync(), StringComparison.Ordinal);
        Assert.Contains("Overdue (1)", await DueAsync(), StringComparison.Ordinal);
        Assert.Contains("This review is overdue.", (await visitor.GetPageAsync(Address)).QuerySelector(".stamp")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(Address, await RecommendedAsync(), StringComparison.Ordinal);
        await ReviewAsync(4, Day(-91));
        Assert.Contains("No other page recommends it any more.", await DueAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Address, await RecommendedAsync(), StringComparison.Ordinal);
        Assert.Contains(Address, (await visitor.GetPageAsync("/locations")).QuerySelector("main")!.InnerHtml, StringComparison.Ordinal);

        async Task ReviewAsync(int number, string next)
        {
            var post = await EditPost.OpenAsync(ann, Page);
            var head = string.Join('\n', post["Head"].Split('\n').Where(line => !line.StartsWith("reviewed:", StringComparison.Ordinal) && !line.StartsWith("reviewer:", StringComparison.Ordinal) && !line.StartsWith("nextReview:", StringComparison.Ordinal)));
            await post.With("Head", $"{head.TrimEnd('\n')}\nreviewed: 2025-01-10\nreviewer: a test\nnextReview: {next}\n").With("Fields[title]", $"Orange County, text {number}").SaveAsync(ann);
            Assert.Equal($"/editing/{Page}?done=published", await ann.DeedAsync(Page, "publish", number));
            await site.SeesAsync(Address, $"Orange County, text {number}");
        }

        async Task<string> RecommendedAsync() => (await visitor.GetPageAsync(Neighbor)).QuerySelector(".reads")?.InnerHtml ?? "";
        async Task<string> DueAsync() => (await ann.GetPageAsync("/editing/due")).QuerySelector("main")!.TextContent;
        static string Day(int days) => DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task CrisisLine_IsNamedUntilSomebodyChecksIt_AndAgainHalfAYearLater()
    {
        const string Line = "crisis/findtreatment";
        var (dee, eve) = (await site.DeeAsync(), await site.EveAsync());
        var name = (await dee.GetPageAsync("/editing/due")).QuerySelector($"details a[href='/editing/{Line}']")!.TextContent;
        await CheckAsync(2, "yesterday");
        Assert.Equal("422", await PublishAsync(2));
        await CheckAsync(3, "2026-01-10", "yesterday");
        Assert.Equal($"/editing/{Line}?done=published", await PublishAsync(3));
        await Until.HoldsAsync(() => DueAsync().Result.QuerySelector("main")!.TextContent.Contains("Call it, read its site", StringComparison.Ordinal), "it is overdue");
        await CheckAsync(4, DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "2026-01-10");
        Assert.Equal($"/editing/{Line}?done=published", await PublishAsync(4));
        await Until.HoldsAsync(() => !DueAsync().Result.QuerySelector("main")!.TextContent.Contains("Call it, read its site", StringComparison.Ordinal), "it counts as checked");
        var due = await DueAsync();
        Assert.Null(due.QuerySelector($"details a[href='/editing/{Line}']"));
        Assert.Contains($"{name}, due", due.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        async Task CheckAsync(int number, string day, string? before = null)
        {
            var post = await EditPost.OpenAsync(dee, Line);
            var text = before is null ? post["Body"] : post["Body"].Replace($"checked: \"{before}\"\n", "", StringComparison.Ordinal);
            await post.With("Body", $"{text.TrimEnd('\n')}\nchecked: \"{day}\"\n").SaveAsync(dee);
            Assert.Equal(number, (await site.ItemAsync(Line)).LastNumber);
        }

        async Task<string> PublishAsync(int number)
        {
            await eve.DeedAsync(Line, "approve", number);
            return await dee.DeedAsync(Line, "publish", number);
        }

        Task<AngleSharp.Dom.IDocument> DueAsync() => dee.GetPageAsync("/editing/due");
    }
}
