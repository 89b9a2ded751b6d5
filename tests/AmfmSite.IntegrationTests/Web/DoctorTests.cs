using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.IntegrationTests.Features.MyRequest;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Web;

/// <summary><c>doctor</c> as a process of its own: what it finds, and what it says to do.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("amfmsite-doctor-").FullName;

    [Fact]
    public async Task Doctor_SiteThatIsWell_SaysOkToEveryThing()
    {
        await using var server = FaultyMailServer.Start();
        await using (var site = new SiteHost().With("Data:Directory", _data))
        {
            await site.SignInAsync("doctor@example.org");
            using var client = site.NewClient();
            await client.AskAsync(new CallbackPost());
        }

        var (exit, said) = await RunAsync(Mail(server.Port));
        Assert.True(exit == 0, said);
        foreach (var line in new[]
        {
            "ok    settings: ", "ok    database: 0 migrations wait", "ok    database: SQLite, ", "ok    disk: ", "ok    keys: 0 requests", "ok    outbox: ", "ok    desk: ", "ok    retention: ", "ok    clock: ", "ok    staff: ",
            $"ok    mail: 127.0.0.1:{server.Port} answers; nothing was sent", "note  desk hours are not confirmed", "note  facts: nobody has written down having called ",
        })
            Assert.Contains(line, said, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Doctor_EverythingIsWrong_SaysWhatToDo()
    {
        await using (var site = new SiteHost().With("Data:Directory", _data))
        {
            using var client = site.NewClient();
            await client.AskAsync(new CallbackPost());
            var tomorrow = DateTime.UtcNow.AddDays(1);
            await site.InDatabaseAsync(db => db.AuditEntries.ExecuteUpdateAsync(row => row.SetProperty(entry => entry.At, tomorrow)));
        }

        var (exit, said) = await RunAsync(Mail(port: 1));
        Assert.Equal(1, exit);
        Assert.Contains("is before the last entry of the audit", said, StringComparison.Ordinal);
        Assert.Contains("FAULT mail: The mail server cannot be reached", said, StringComparison.Ordinal);
        Assert.Contains("FAULT staff: nobody can sign in; `staff invite --email … --role admin` prints a link", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_SettingsThatAreShipped_WouldStartTheSite()
    {
        var settings = ProductionSettings.In(_data);
        foreach (var line in File.ReadLines(Path.Combine(SiteProcess.RepositoryDirectory(), "deploy", "amfmsite.env")).Where(line => line.Contains('=', StringComparison.Ordinal)))
        {
            // The paths and the certificate are of this test, and the mail server of the example is nobody's.
            var (name, value) = (line.Split('=')[0], line.Split('=', 2)[1]);
            if (!name.StartsWith("Keys__", StringComparison.Ordinal) && name is not ("Data__Directory" or "Mail__Host")) settings[name] = value;
        }

        settings["Mail__Host"] = "mail.invalid";
        var (_, said, _) = await SiteProcess.RunAsync(settings, "doctor");
        Assert.Contains("ok    settings: the site would start with them", said, StringComparison.Ordinal);
        Assert.Contains("FAULT mail: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_BeforeTheFirstStart_SaysThatAndGoesOn()
    {
        var (exit, said) = await RunAsync([]);
        Assert.Equal(1, exit);
        Assert.Matches("FAULT database: \\d+ migrations wait; the next start of the site runs them", said);
        Assert.Contains("note  mail: it is only written to files", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_data, "amfmsite.db")), "It made a database.");
    }

    [Fact]
    public async Task Doctor_WrongSettingAndFileThatIsNoDatabase_SaysBothInSentences()
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "amfmsite.db"), string.Concat(Enumerable.Repeat("This is no database. ", 500)));
        var (exit, said) = await RunAsync(new() { ["Retention__ClosedDays"] = "0", ["Mail__From"] = "two@example.org, three@example.org" });
        Assert.Equal(1, exit);
        Assert.Contains("FAULT settings: Retention:ClosedDays is at least 1.", said, StringComparison.Ordinal);
        Assert.Contains("FAULT settings: Mail:From is not one mail address", said, StringComparison.Ordinal);
        Assert.Contains("FAULT database: it cannot be asked (", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_OfRetention_SaysWhenItDoesNotRun()
    {
        var clock = new SettableClock();
        await using var site = new SiteHost { Clock = clock };
        using var client = site.NewClient();
        for (var i = 0; i < 100 && await HealthAsync() is not (HttpStatusCode.OK, "Healthy"); i++) await Task.Delay(100);
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await HealthAsync());

        var earlier = clock.GetUtcNow().UtcDateTime.AddHours(-4);
        await site.InDatabaseAsync(db => db.RetentionRuns.ExecuteUpdateAsync(row => row.SetProperty(run => run.EndedAt, earlier)));
        var (status, words) = await HealthAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("Unhealthy\nRetention has not run since ", words, StringComparison.Ordinal);

        await client.AskAsync(new CallbackPost());
        var longAgo = clock.GetUtcNow().UtcDateTime.AddDays(-98);
        await site.InDatabaseAsync(db => db.CallbackRequests.ExecuteUpdateAsync(row => row.SetProperty(request => request.Status, RequestState.Closed).SetProperty(request => request.ClosedAt, longAgo)));
        Assert.StartsWith("Unhealthy\nRetention does not run by itself: by this machine's clock a closed request should have been deleted 8 days ago.", (await HealthAsync()).Words, StringComparison.Ordinal);

        async Task<(HttpStatusCode Status, string Words)> HealthAsync()
        {
            using var answer = await client.GetAsync("/health/retention");
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private async Task<(int Exit, string Said)> RunAsync(Dictionary<string, string> settings)
    {
        settings["ASPNETCORE_ENVIRONMENT"] = "Development";
        settings["Data__Directory"] = _data;
        var (exit, said, talk) = await SiteProcess.RunAsync(settings, "doctor");
        Assert.DoesNotContain("   at ", talk, StringComparison.Ordinal);
        return (exit, said);
    }

    private static Dictionary<string, string> Mail(int port) => new()
    {
        ["Mail__Transport"] = "Smtp",
        ["Mail__Host"] = "127.0.0.1",
        ["Mail__Port"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Mail__Security"] = "None",
        ["Mail__From"] = "site@example.org",
        ["Mail__AdmissionsTo"] = "admissions@example.org",
    };
}
