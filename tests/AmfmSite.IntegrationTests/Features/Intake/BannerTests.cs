using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Intake;

/// <summary>Each thing the desk must know is over its pages while it is so, and the figures stand beside it.</summary>
public sealed class BannerTests
{
    [Fact]
    public async Task Get_Desk_TellsWhatNeedsAttentionAndNothingElse()
    {
        await using var site = new SiteHost { Clock = new() };
        using var visitor = site.NewClient();
        using (await new CallbackPost().SendAsync(visitor)) { }
        using var staff = await site.SignInAsync("banner@example.org");
        Assert.Equal("hours", await AlarmsAsync());

        var past = site.Clock!.GetUtcNow().UtcDateTime.AddHours(-1);
        await site.InDatabaseAsync(db => db.CallbackRequests.ExecuteUpdateAsync(row => row.SetProperty(request => request.PromisedFrom, past).SetProperty(request => request.PromisedUntil, past)));

        // Told another time, as after a lead opened it again: nothing is missed yet.
        Assert.Equal("hours", await AlarmsAsync());
        await site.InDatabaseAsync(db => db.CallbackRequests.ExecuteUpdateAsync(row => row.SetProperty(request => request.DueFrom, past).SetProperty(request => request.DueAt, past)));
        Assert.Equal("missed,hours", await AlarmsAsync());

        await site.InDatabaseAsync(db => db.OutboxMessages.ExecuteUpdateAsync(row => row.SetProperty(message => message.SentAt, (DateTime?)null).SetProperty(message => message.ParkedAt, past)));
        Assert.Equal("missed,mail,hours", await AlarmsAsync());

        await site.InDatabaseAsync(db => db.RetentionRuns.ExecuteUpdateAsync(row => row.SetProperty(run => run.EndedAt, past.AddHours(-4))));
        await site.InDatabaseAsync(db => db.CallbackRequests.ExecuteUpdateAsync(row => row.SetProperty(request => request.FirstAttemptAt, past)));
        Assert.Equal("mail,retention,hours", await AlarmsAsync());

        // Who works no requests has no alarms of theirs.
        using var editor = await site.SignInAsync("banner-editor@example.org", StaffRoles.Editor);
        Assert.Null((await editor.GetPageAsync("/staff/account")).QuerySelector(".alarms"));

        async Task<string> AlarmsAsync()
        {
            // A reading is kept for five seconds of the machine's own time.
            await Task.Delay(TimeSpan.FromSeconds(5.2));
            var words = (await staff.GetPageAsync("/intake")).QuerySelectorAll(".alarms li").Select(line => line.TextContent).ToList();
            (string Word, string Name)[] known = [("unwrapped", "keys"), ("been missed", "missed"), ("Mail does not leave", "mail"), ("not deleted", "retention"), ("hours are not confirmed", "hours")];
            return string.Join(',', words.Select(line => known.Single(alarm => line.Contains(alarm.Word, StringComparison.Ordinal)).Name));
        }
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("?from=2026-01-01&to=2026-11-22", 200)]
    [InlineData("?from=soon", 422)]
    [InlineData("?from=2026-11-22&to=2026-11-01", 422)]
    [InlineData("?from=2001-01-01&to=2026-11-01", 422)]
    public async Task Get_Figures_ShowsSixWithTablesOrSaysWhatIsWrong(string query, int status)
    {
        await using var site = new SiteHost();
        using var staff = await site.SignInAsync("figures@example.org");
        using var answer = await staff.GetAsync("/intake/figures" + query);
        Assert.Equal(status, (int)answer.StatusCode);
        var page = await answer.ReadAsync();
        Assert.Equal(6, page.QuerySelectorAll(".figures > .pane").Length);
        Assert.Equal(status == 422, page.QuerySelector(".summary") is not null);
    }
}
