using System.Globalization;
using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Faults;
using AmfmSite.IntegrationTests.Features.MyRequest;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;
using AmfmSite.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace AmfmSite.IntegrationTests.Properties;

/// <summary>
/// A few requests, and everybody who acts on them at the same time: two people at the desk, their callers, retention, and the
/// mails that go out. A save takes a random while, so that each comes upon what others did since it looked.
/// INTERLEAVING_SEED repeats a choice of deeds; which of two is first is the machine's business.
/// </summary>
public sealed class InterleavingTests(ITestOutputHelper output)
{
    private const int Rounds = 8, AtOnce = 4;

    private static readonly (string Deed, AuditAction Action, (string, string)[] Answers)[] Deeds =
    [
        ("claim", AuditAction.RequestClaimed, []), ("claim", AuditAction.RequestClaimed, []), ("claim", AuditAction.RequestClaimed, []), ("release", AuditAction.RequestReleased, []),
        ("attempts", AuditAction.ContactAttempted, [("What", "Phone.Busy")]), ("attempts", AuditAction.ContactAttempted, [("What", "Phone.Busy"), ("Note", "A note with it")]),
        ("attempts", AuditAction.ContactAttempted, [("What", "Phone.Reached")]), ("attempts", AuditAction.ContactAttempted, [("What", "Phone.Reached"), ("GiveBack", "yes")]),
        ("attempts", AuditAction.ContactAttempted, [("What", "Phone.AskedToStop")]), ("attempts", AuditAction.ContactAttempted, [("What", "Phone.Teleported")]),
        ("screening", AuditAction.ScreeningBooked, [("ScreeningAt", "2099-11-23T14:30")]), ("notes", AuditAction.NoteAdded, [("Note", "Another note")]),
        ("close", AuditAction.RequestClosed, [("Outcome", "Declined")]), ("close", AuditAction.RequestClosed, [("Outcome", "Declined")]),
        ("reopen", AuditAction.RequestReopened, [("Reason", "They called again")]), ("reopen", AuditAction.RequestReopened, [("Reason", "They called again")]), ("let-through", AuditAction.LetThrough, []),
    ];

    private int _clashes;

    [Fact]
    public Task Deeds_OfEverybodyAtOnce_LeaveLegalStatesWithATraceOfEachAndNoMailAboutWhatIsGone() => RunAsync(runs: 6);

    [Fact]
    [Trait("Category", "Long")]
    public Task Deeds_OfEverybodyForLong_LeaveLegalStatesWithATraceOfEachAndNoMailAboutWhatIsGone() => RunAsync(runs: 400);

    private async Task RunAsync(int runs)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("INTERLEAVING_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next(1, 1_000_000_000);
        output.WriteLine($"INTERLEAVING_SEED={seed}");
        var random = new Random(seed);
        await using var server = FaultyMailServer.Start();

        // Hardly a mail gets through at first, so that many still wait when their request goes.
        server.Deciding = (command, _) => Task.FromResult(command == "." && Random.Shared.Next(16) > 0 ? "451 Later, please" : null);
        await using var site = Site(server);
        using var one = await site.SignInAsync("one@example.org");
        using var lead = await site.SignInAsync("lead@example.org", StaffRoles.Lead);
        using var visitor = site.NewClient();
        (HttpClient Client, string Token)[] staff = [(one, await TokenAsync(one)), (lead, await TokenAsync(lead))];
        var requests = new List<WatchedRequest>();
        // Whether two come upon each other is chance: it goes on until some have.
        for (var run = 0; run < runs || (_clashes == 0 && run < 10 * runs); run++)
        {
            var few = new List<WatchedRequest>();
            for (var i = 0; i < 3; i++) few.Add(await AskAsync(site, visitor, run));
            requests.AddRange(few);
            for (var round = 0; round < Rounds; round++)
            {
                // What happens is chosen before it begins, so that the seed alone decides it.
                var deeds = Enumerable.Range(0, AtOnce).Select(_ => Next(random, site, visitor, staff, few)).ToList();
                await Task.WhenAll(deeds.Select(deed => Task.Run(deed)));
                foreach (var request in few) await request.CheckAsync(site);
                await ChecksMailsAsync(site, server, requests);
            }
        }

        // Now the server works: who still waits for a call has been told of.
        server.Deciding = null;
        await RetryAllAsync(site);
        await site.InDatabaseAsync(db => Until.HoldsAsync(() => !db.OutboxMessages.Any(message => message.SentAt == null && message.RequestId != null), "everything is mailed", seconds: 60, meanwhile: null).ContinueWith(task => task.IsCompletedSuccessfully, TaskScheduler.Default));
        await ChecksMailsAsync(site, server, requests);
        Assert.All(requests.Where(request => !request.IsGone), request => Assert.True(Mails(server, request) > 0, $"{request.Reference} was never mailed"));
        output.WriteLine($"{requests.Count} requests, {requests.Count(request => request.IsGone)} of them gone, {_clashes} refused because of somebody else");
        Assert.True(_clashes > 0, "Nobody came upon anybody: the deeds did not overlap");
        Assert.Contains(requests, request => request.IsGone);
    }

    private static SiteHost Site(FaultyMailServer server)
    {
        var site = new SiteHost()
            .With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Security", "None").With("Mail:Port", server.Port.ToString(CultureInfo.InvariantCulture))
            .With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org").With("Retention:ClosedDays", "30");
        site.Interceptors.Add(new SlowSaves());
        return site;
    }

    private Func<Task> Next(Random random, SiteHost site, HttpClient visitor, (HttpClient Client, string Token)[] staff, List<WatchedRequest> few)
    {
        // Mostly the same one, so that they meet.
        var request = few[random.Next(3) == 0 ? random.Next(few.Count) : 0];
        var (deed, action, answers) = Deeds[random.Next(Deeds.Length)];
        var (client, token) = deed == "reopen" ? staff[^1] : staff[random.Next(staff.Length)];
        return random.Next(12) switch
        {
            0 => () => WithdrawAsync(visitor, request),
            1 or 2 => () => RetainAsync(site, request),
            3 => () => RetryAllAsync(site),
            4 => async () => (await client.GetAsync($"/intake/requests/{request.Id}")).Dispose(),
            _ => () => DoAsync(client, token, request, deed, action, answers),
        };
    }

    private async Task DoAsync(HttpClient client, string token, WatchedRequest request, string deed, AuditAction action, (string Name, string Value)[] answers)
    {
        using var answer = await client.SendAsync($"/intake/requests/{request.Id}/{deed}", [("__RequestVerificationToken", token), .. answers]);
        if (answer.StatusCode == HttpStatusCode.Redirect) request.Done(action);
        else if (answer.StatusCode == HttpStatusCode.Conflict) await CountAsync(answer);
        else Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity, $"{deed} was answered {(int)answer.StatusCode}");
    }

    private async Task WithdrawAsync(HttpClient visitor, WatchedRequest request)
    {
        using var answer = await visitor.SendAsync($"{request.OwnPage}/withdraw");
        if (answer.StatusCode == HttpStatusCode.SeeOther) request.Done(AuditAction.WithdrawnOnline);
        else if (answer.StatusCode == HttpStatusCode.Conflict) await CountAsync(answer);
        else Assert.True(answer.StatusCode == HttpStatusCode.Gone, $"A withdrawal was answered {(int)answer.StatusCode}");
    }

    /// <summary>Time passes for what is closed, and retention comes by.</summary>
    private static async Task RetainAsync(SiteHost site, WatchedRequest request)
    {
        var (id, longAgo) = (request.Id, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-40));
        await site.InDatabaseAsync(db => db.CallbackRequests.Where(row => row.Id == id && row.ClosedAt != null).ExecuteUpdateAsync(row => row.SetProperty(closed => closed.ClosedAt, longAgo)));
        await site.RunRetentionAsync();
    }

    private static async Task RetryAllAsync(SiteHost site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OutboxStore>().RetryAllAsync(CancellationToken.None);
    }

    /// <summary>What was gone when no mail was under way is never written about again.</summary>
    private static async Task ChecksMailsAsync(SiteHost site, FaultyMailServer server, List<WatchedRequest> requests)
    {
        foreach (var request in requests.Where(request => request.MailsWhenGone is not null)) Assert.Equal(request.MailsWhenGone, Mails(server, request));
        var gone = requests.Where(request => request is { IsGone: true, MailsWhenGone: null }).ToList();
        if (gone.Count == 0) return;
        var ids = gone.ConvertAll(request => request.Id);
        for (var i = 0; await site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.LeaseToken != null)); i++)
        {
            Assert.True(i < 600, "A mail is under way for ever");
            await Task.Delay(50);
        }

        foreach (var request in gone) request.MailsWhenGone = Mails(server, request);
    }

    private static int Mails(FaultyMailServer server, WatchedRequest request) => server.Mails.Count(mail => Ledger.ReferenceOf(mail) == request.Reference);

    private async Task CountAsync(HttpResponseMessage answer)
    {
        if ((await answer.Content.ReadAsStringAsync()).Contains("in the same moment", StringComparison.Ordinal)) Interlocked.Increment(ref _clashes);
    }

    private static async Task<WatchedRequest> AskAsync(SiteHost site, HttpClient visitor, int run)
    {
        var shown = await visitor.AskAsync(new CallbackPost().With("Phone", $"415-555-01{run % 100:00}").With("Email", "robin@example.org"));
        var reference = Reference.Read(shown)!;
        var id = await site.InDatabaseAsync(db => db.CallbackRequests.Where(request => request.Reference == reference).Select(request => request.Id).SingleAsync());
        return new(id, reference, await visitor.OpenAsync(shown, $"01{run % 100:00}"));
    }

    /// <summary>Fetched once, so that a post does not have to look at the page first, and comes upon what changed since.</summary>
    private static async Task<string> TokenAsync(HttpClient staff) =>
        (await staff.GetPageAsync("/intake")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    /// <summary>Between what somebody looked at and what they save lies a while, of another length each time.</summary>
    private sealed class SlowSaves : SaveChangesInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Random.Shared.Next(20), cancellationToken);
            return result;
        }
    }
}
