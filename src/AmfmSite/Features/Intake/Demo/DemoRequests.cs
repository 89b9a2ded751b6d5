using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Features.Intake.Demo;

/// <summary>
/// <c>demo requests</c>: sixty days of made-up work for the desk, in Development alone. The same number into an empty
/// database gives the same people with the same answers, and at the same hour the same work on them; references and ids are
/// random as ever.
/// </summary>
internal sealed class DemoRequests(
    AmfmDbContext db, UserManager<StaffMember> users, Vault vault, LookupKey lookup, PublishedContent published, ContentImport import,
    Directories directories, IHostEnvironment environment, TimeProvider clock)
{
    private const int Batch = 100, Most = 100_000, Days = 60, RecentDays = 3;

    /// <summary>Callers of late who may ask again from the same number.</summary>
    private const int Remembered = 40;

    private readonly List<(DemoCaller? Caller, Guid Id)> _recent = [];
    private readonly List<DemoCaller> _stopped = [];

    public async Task<int> RunAsync(CommandLine command)
    {
        if (!environment.IsDevelopment()) return CommandLine.Fault("Made-up requests are for Development only: among real ones somebody would call them. Nothing was stored.");
        if (!int.TryParse(command.Required("count"), out var count) || count is < 1 or > Most) throw new CommandUsageException($"--count is a number from 1 to {Most}.");

        await published.RefreshAsync(db, CancellationToken.None);
        if (!published.IsLoaded)
        {
            await import.RunAsync(directories.ContentPack, CancellationToken.None);
            await published.RefreshAsync(db, CancellationToken.None);
        }

        // A second run goes on where the first ended, with other people.
        var first = await db.CallbackRequests.CountAsync();
        var (now, times, staff) = (clock.GetUtcNow().UtcDateTime, new DemoDice(first), await StaffAsync());
        var received = Enumerable.Range(0, count).Select(_ => ReceivedAt(now, times)).Order().ToList();
        for (var made = 0; made < count; made += Batch)
        {
            for (var i = made; i < Math.Min(count, made + Batch); i++) await MakeAsync(first + i + 1, received[i], staff, now);
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
            CommandLine.Talk($"{Math.Min(count, made + Batch)} of {count}");
        }

        CommandLine.Result($"{count} made-up requests stored.");
        CommandLine.Talk("No mail announces them; the reminders count those that nobody has opened, like any others. Nobody can sign in as the made-up staff.");
        return 0;
    }

    /// <summary>Accounts of its own, without password, so that the trace never says of a real one what it did not do.</summary>
    private async Task<IReadOnlyList<Guid>> StaffAsync()
    {
        var staff = new List<Guid>();
        foreach (var email in new[] { "demo-heron@example.org", "demo-wren@example.org", "demo-plover@example.org" })
        {
            var user = await users.FindByEmailAsync(email);
            if (user is null)
            {
                user = new StaffMember { Id = Guid.CreateVersion7(), UserName = email, Email = email };
                await users.CreateAsync(user);
                await users.AddToRoleAsync(user, StaffRoles.Intake);
            }

            staff.Add(user.Id);
        }

        return staff;
    }

    /// <summary>A third in the last days, so that the queue has something in it; fewer at night and on weekends.</summary>
    private static DateTime ReceivedAt(DateTime now, DemoDice dice)
    {
        var at = now - TimeSpan.FromDays((dice.Chance(.35) ? RecentDays : Days) * dice.Share());
        return at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && dice.Chance(.4) || at.Hour is > 7 and < 14 && dice.Chance(.7) ? ReceivedAt(now, dice) : at;
    }

    private async Task MakeAsync(int number, DateTime at, IReadOnlyList<Guid> staff, DateTime now)
    {
        var dice = new DemoDice(number);
        var (content, again) = (published.Current, dice.Chance(.07));
        var stopped = again && _stopped.Count > 0 && dice.Chance(.3) ? dice.Pick(_stopped) : null;
        var (original, originalId) = again && stopped is null && _recent.Count > 0 ? dice.Pick(_recent) : (null, Guid.Empty);
        var caller = stopped ?? original ?? DemoCaller.Make(number, dice);
        var answers = caller.Answer(content, dice);
        var quarantine = dice.Pick<QuarantineReason?>((null, 94), (QuarantineReason.TooFast, 3), (QuarantineReason.Honeypot, 2), (QuarantineReason.TooMany, 1));
        var promised = dice.Chance(.12) ? null : CallWindow.Next(content.Desk.Hours, answers.Day, answers.Part, answers.TimeZone, Instant.FromDateTimeUtc(at));
        var request = CallbackRequest.Submit(
            answers, promised, content.CrisisWords.AreIn(answers.Note), stopped is not null, Source(content, dice), lookup.Hash("repeat", $"demo {number}\u001f{at:O}"), quarantine, vault, lookup, at);

        var life = new DemoLife(content.Desk.Hours, staff, vault, new DemoDice(-number), now);
        if (original is not null && dice.Chance(.6))
        {
            if (life.Settle(request, RequestOutcome.Duplicate)) db.DuplicateVerdicts.Add(new DuplicateVerdict(originalId, request.Id, isSame: true, staff[0], request.ClosedAt!.Value));
        }
        else
        {
            life.Play(request, answers);
        }

        db.CallbackRequests.Add(request);
        db.ContactAttempts.AddRange(life.Attempts);
        db.RequestNotes.AddRange(life.Notes);
        db.AuditEntries.Add(new AuditEntry(at, AuditAction.RequestReceived, staffId: null, request.Id, quarantine is { } reason ? $"made up, quarantine: {reason}" : "made up"));
        db.AuditEntries.AddRange(life.Trace);
        if (request.StoppedAt is { } stop) await StopAsync(caller, request, stop);
        _recent.Add((caller, request.Id));
        if (_recent.Count > Remembered) _recent.RemoveAt(0);
    }

    private async Task StopAsync(DemoCaller caller, CallbackRequest request, DateTime at)
    {
        _stopped.Add(caller);
        foreach (var hash in new[] { request.PhoneHash, request.EmailHash }.OfType<string>())
            if (await db.ContactStops.FindAsync(hash) is null) db.ContactStops.Add(new ContactStop(hash, at));
    }

    /// <summary>Pages about a condition or a level of care send the most.</summary>
    private static string Source(ContentSnapshot content, DemoDice dice) => dice.Pick(
        [(AskController.Path, 10.0), .. content.Pages.Select(page => (page.Slug, page.Kind switch { PageKind.Condition => 5.0, PageKind.Level => 3.0, _ => .6 }))]);
}
