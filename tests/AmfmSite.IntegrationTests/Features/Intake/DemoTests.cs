using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Intake;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_InDevelopment_FillsTheDeskAndSendsNothing()
    {
        await using var site = new SiteHost();
        _ = site.Address;
        var (exit, output, talk) = await DemoAsync(site, 120);
        Assert.True(exit == 0, talk);
        Assert.Equal("120 made-up requests stored.", output.Trim());
        Assert.Contains("100 of 120", talk, StringComparison.Ordinal);

        var requests = await site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().ToListAsync());
        Assert.Equal(120, requests.Count);

        // Which of them wait just now follows from the hour; most states are there at any.
        Assert.InRange(requests.Select(request => request.Status).Distinct().Count(), 4, 5);
        Assert.Contains(requests, request => request.Quarantine is not null);
        Assert.Contains(requests, request => request.ReadFirst);
        Assert.Contains(requests.GroupBy(request => request.PhoneHash), same => same.Key is not null && same.Count() > 1);
        Assert.True(requests.Select(request => request.SourcePath).Distinct().Count() > 5);
        Assert.Equal(120, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.RequestReceived)));
        Assert.Equal(0, await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync(message => message.RequestId != null)));

        // The real accounts did none of it, and those of the demonstration cannot sign in.
        using var staff = await site.SignInAsync("demo-reader@example.org");
        var did = await site.InDatabaseAsync(db => db.ContactAttempts.Select(attempt => attempt.StaffId).Distinct().Join(db.Users, id => id, user => user.Id, (_, user) => user).ToListAsync());
        Assert.All(did, user => Assert.Equal((true, true), (user.Email!.StartsWith("demo-", StringComparison.Ordinal), user.PasswordHash is null)));
        Assert.NotEmpty((await staff.GetPageAsync("/intake")).QuerySelectorAll("[data-row]"));
    }

    [Fact]
    public async Task Demo_Twice_GoesOnWithOthers_AndTwoEmptyDatabasesGetTheSamePeople()
    {
        await using var one = new SiteHost();
        await using var two = new SiteHost();
        await DemoAsync(one, 20);
        await DemoAsync(two, 20);
        Assert.Equal(await AnswersAsync(one), await AnswersAsync(two));
        var (exit, _, talk) = await DemoAsync(one, 20);
        Assert.True(exit == 0, talk);
        Assert.Equal(40, (await AnswersAsync(one)).Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public async Task Demo_CountThatIsNone_SaysWhatIsOne(string count)
    {
        await using var site = new SiteHost();
        var (exit, _, talk) = await SiteProcess.RunAsync(Development(site), "demo", "requests", "--count", count);
        Assert.Equal(2, exit);
        Assert.Contains("--count is a number from 1", talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_OutsideDevelopment_IsRefusedAndStoresNothing()
    {
        await using var site = new SiteHost();
        _ = site.Address;
        var keys = Directory.CreateTempSubdirectory("amfmsite-demo-").FullName;
        var (exit, _, talk) = await SiteProcess.RunAsync(
            new Dictionary<string, string>(ProductionSettings.In(keys)) { ["Data__Directory"] = site.Directory },
            "demo", "requests", "--count", "5");
        Directory.Delete(keys, recursive: true);
        Assert.Equal(1, exit);
        Assert.Contains("for Development only", talk, StringComparison.Ordinal);
        Assert.Equal(0, await site.InDatabaseAsync(db => db.CallbackRequests.CountAsync()));
    }

    private static Task<(int Exit, string Output, string Talk)> DemoAsync(SiteHost site, int count) =>
        SiteProcess.RunAsync(Development(site), "demo", "requests", "--count", $"{count}");

    private static Dictionary<string, string> Development(SiteHost site) => new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Directory"] = site.Directory };

    private static Task<List<string>> AnswersAsync(SiteHost site) => site.InDatabaseAsync(db => db.CallbackRequests.OrderBy(request => request.ReceivedAt)
        .Select(request => request.State + request.For + request.Day + request.Part + request.Topic + request.Level + request.Place + request.SourcePath).ToListAsync());
}
