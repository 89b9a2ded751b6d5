using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Intake;
using NodaTime;

namespace AmfmSite.UnitTests.Features.Intake;

public sealed class FiguresTests
{
    private static readonly DateTime Noon = new(2026, 11, 16, 12, 0, 0, DateTimeKind.Utc);
    private static readonly DateTimeZone Pacific = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    [Theory]
    [InlineData(new[] { 12, 0, 7 }, new[] { "12", "0", "7" })]
    [InlineData(new[] { 12, 3, 2, 7 }, new[] { "12", "", "", "7" })]
    [InlineData(new[] { 12, 3, 7 }, new[] { "12", "", "too" })]
    [InlineData(new[] { 4 }, new[] { "" })]
    [InlineData(new[] { 3, 0, 0 }, new[] { "", "0", "0" })]
    public void Hide_SmallCounts_GoAndNeverAlone(int[] counts, string[] shown) =>
        Assert.Equal(shown, Figures.Hide(counts).Select(count => count switch { null => "", -1 => "too", var known => $"{known}" }));

    [Theory]
    [InlineData(.5, 5)]
    [InlineData(.9, 9)]
    [InlineData(1, 10)]
    public void Quantile_OfTenMinutes_IsTheNearestRank(double share, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Figures.Quantile(Enumerable.Range(1, 10).Reverse().Select(i => TimeSpan.FromMinutes(i)), share));

    [Fact]
    public void TimeToFirstAttempt_CountsEachWaitOnce()
    {
        var waits = new[] { 1, 10, 15, 15, 15, 16, 20, 30, 40, 60, 61 };
        var requests = waits.Select(minutes => Request(attempt: Noon.AddMinutes(minutes))).Concat(Enumerable.Range(0, 6).Select(_ => Request())).ToList();
        var figure = Figures.TimeToFirstAttempt(requests, (from, to) => (to - from) / 2);
        Assert.Equal(["5", "5", "under 5", "0", "0", "6"], [.. figure.Rows.Select(row => row[1] == "hidden" ? "5" : row[1])]);
        Assert.Contains("Half were first tried within 16 min, nine in ten within 1 h 0 min", figure.Says, StringComparison.Ordinal);
        Assert.Contains("was open: 8 min and 30 min", figure.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void PromisesKept_PassedAndToCome_CountsOnlyWhatCanBeKnown()
    {
        var until = Noon.AddHours(2);
        var requests = new List<FigureRequest>();
        for (var i = 0; i < 6; i++) requests.Add(Request(until, attempt: Noon.AddHours(1)));
        for (var i = 0; i < 2; i++) requests.Add(Request(until, attempt: Noon.AddHours(3)));
        requests.Add(Request(until));
        requests.Add(Request(Noon.AddDays(30)));
        requests.Add(Request());
        var figure = Figures.PromisesKept(requests, Pacific, Noon.AddDays(1));
        Assert.StartsWith("67% of the promised windows were kept", figure.Says, StringComparison.Ordinal);
        Assert.Equal(["Nov 16", "67%", "9"], Assert.Single(figure.Rows));
    }

    [Fact]
    public void Reach_FewCallsInAnHour_AreHidden()
    {
        var tries = Enumerable.Range(0, 10).Select(i => new FigureTry(new(2026, 11, 16), 9, i < 6)).Append(new FigureTry(new(2026, 11, 17), 10, Reached: true))
            .Concat(Enumerable.Range(0, 10).Select(i => new FigureTry(new(2026, 11, 18), 11, i < 4))).ToList();
        var figure = Figures.ReachByHour(tries);
        Assert.Equal(["09:00", "60%", "10"], figure.Rows[1]);
        Assert.Equal(["10:00", "", "under 5"], figure.Rows[2]);
        Assert.Null(figure.Bars[2].Share);

        // A share of ten says how many four are.
        Assert.Equal(["11:00", "under 5", "10"], figure.Rows[3]);
        Assert.Null(figure.Bars[3].Share);
        Assert.Equal(["Monday", "60%", "10"], Figures.ReachByDay(tries).Rows[0]);
    }

    [Fact]
    public void Outcomes_SmallGroups_StandTogether()
    {
        var requests = Enumerable.Range(0, 8).Select(_ => Request(page: "/a", outcome: RequestOutcome.Admitting))
            .Concat(Enumerable.Range(0, 3).Select(_ => Request(page: "/b", outcome: RequestOutcome.Declined)))
            .Concat(Enumerable.Range(0, 3).Select(_ => Request(page: "/c", outcome: RequestOutcome.Declined))).Append(Request(page: "/a")).ToList();
        var figure = Figures.Outcomes("by-page", "Title", "Page", "Other pages", requests, request => request.SourcePath);
        Assert.Equal(["/a", "Other pages"], figure.Rows.Select(row => row[0]));
        Assert.Equal(["8", "6"], figure.Bars.Select(bar => bar.Shown));
    }

    [Fact]
    public void Figures_OfNothing_SayTooFew()
    {
        Assert.Contains("too few", Figures.TimeToFirstAttempt([], (_, _) => default).Says, StringComparison.Ordinal);
        Assert.Contains("too few", Figures.PromisesKept([], Pacific, Noon).Says, StringComparison.Ordinal);
        Assert.Empty(Figures.ReachByHour([]).Bars);
        Assert.Empty(Figures.Outcomes("x", "x", "x", "x", [], request => request.SourcePath).Bars);
    }

    private static FigureRequest Request(DateTime? promised = null, DateTime? attempt = null, string page = "/request-a-call", RequestOutcome? outcome = null) =>
        new(Noon, attempt, promised, page, null, outcome);
}
