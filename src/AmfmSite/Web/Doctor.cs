using System.Data.Common;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Editing;
using AmfmSite.Mail;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace AmfmSite.Web;

/// <summary>
/// <c>doctor</c>: what a person should know before relying on this installation, and what to do. Changes nothing, sends
/// nothing, shows nothing personal. Exit 1 when a line says FAULT.
/// </summary>
internal sealed class Doctor(IServiceProvider services, AmfmDbContext db, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), ClockMargin = TimeSpan.FromMinutes(1);

    private int _faults;

    public async Task<int> RunAsync()
    {
        LookAtSettings();
        if (await CanBeAskedAsync()) await LookAtDatabaseAsync();
        await LookAtMailAsync();
        return _faults == 0 ? 0 : 1;
    }

    private void LookAtSettings()
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            Say(well: true, "settings: the site would start with them");
        }
        catch (OptionsValidationException fault)
        {
            foreach (var line in fault.Failures) Say(well: false, $"settings: {line}");
        }
        catch (AggregateException faults)
        {
            foreach (var line in faults.InnerExceptions.OfType<OptionsValidationException>().SelectMany(fault => fault.Failures)) Say(well: false, $"settings: {line}");
        }
    }

    private async Task<bool> CanBeAskedAsync()
    {
        try
        {
            var waiting = (await db.Database.GetPendingMigrationsAsync()).Count();
            Say(waiting == 0, waiting == 0 ? "database: 0 migrations wait" : $"database: {waiting} migrations wait; the next start of the site runs them (with SQL Server somebody may run idempotent.sql before). Nothing else in it was looked at");
            return waiting == 0;
        }
        catch (Exception fault) when (fault is DbException or RetryLimitExceededException or InvalidOperationException { InnerException: DbException })
        {
            Say(well: false, $"database: it cannot be asked ({fault.GetBaseException().Message.ReplaceLineEndings(" ")}). Look at Database:Provider, ConnectionStrings:Site and Data:Directory, and whether this user may read and write there");
            return false;
        }
    }

    private async Task LookAtDatabaseAsync()
    {
        Say(await db.ExamineAsync(clock, CancellationToken.None));
        Say(await services.GetRequiredService<KeyCommands>().CheckAsync());
        var counts = await services.GetRequiredService<OutboxStore>().CountAsync(CancellationToken.None);
        Say(counts.Parked == 0, $"outbox: {counts.Waiting} waiting, {counts.Parked} parked{(counts.Parked == 0 ? "" : "; `outbox list` says why, `outbox retry` sends them")}");
        await LookAtDeskAsync();
        await LookAtRetentionAsync();
        await LookAtClockAsync();
        await LookAtStaffAsync();
        await LookAtContentAsync();
    }

    private async Task LookAtDeskAsync()
    {
        var unopened = services.GetRequiredService<Unopened>();
        var (requests, quarantine) = (await unopened.CountAsync(quarantine: false, CancellationToken.None), await unopened.CountAsync(quarantine: true, CancellationToken.None));
        var minutes = services.GetRequiredService<IOptions<IntakeOptions>>().Value.EscalationMinutes;
        if (minutes == 0) Note("desk: escalations are off (Intake:EscalationMinutes), nothing tells of requests that nobody opens");
        else Say(requests.Overdue + quarantine.Overdue == 0, $"desk: unopened for more than {minutes} minutes: {requests.Overdue} in the queue, {quarantine.Overdue} in quarantine{(requests.Overdue + quarantine.Overdue == 0 ? "" : "; open them at /intake")}");
    }

    private async Task LookAtRetentionAsync()
    {
        var overdue = await services.GetRequiredService<Retention>().OverdueAsync(CancellationToken.None);
        if (overdue > Retention.MostOverdue) Say(well: false, $"retention: does not run by itself, by this machine's clock a closed request should have been deleted {overdue.Value.TotalDays:0} days ago; when the clock is right, `retention run`");
        else Say(well: true, "retention: no closed request is long overdue");
    }

    /// <summary>What was written last was not written in the future: then this clock is behind, or the other one was ahead.</summary>
    private async Task LookAtClockAsync()
    {
        var (now, last) = (clock.GetUtcNow().UtcDateTime, await db.AuditEntries.OrderByDescending(entry => entry.Id).Select(entry => (DateTime?)entry.At).FirstOrDefaultAsync());
        var behind = last - now > ClockMargin;
        Say(!behind, $"clock: {now:yyyy-MM-dd HH:mm} UTC{(behind ? $" is before the last entry of the audit, {last:yyyy-MM-dd HH:mm}: set it right before anything else" : "")}");
    }

    private async Task LookAtStaffAsync()
    {
        var somebody = await db.Users.AnyAsync(user => user.DisabledAt == null && (user.PasswordHash != null || db.UserPasskeys.Any(passkey => passkey.UserId == user.Id)));
        Say(somebody, somebody ? "staff: somebody can sign in" : "staff: nobody can sign in; `staff invite --email … --role admin` prints a link");
    }

    private async Task LookAtContentAsync()
    {
        var published = services.GetRequiredService<PublishedContent>();
        await published.RefreshAsync(db, CancellationToken.None);
        if (!published.IsLoaded)
        {
            Say(well: false, "content: nothing is published yet; the next start of the site takes the content pack in");
            return;
        }

        var content = published.Current;
        foreach (var fault in content.Tolerated) Say(well: false, $"content: published before this rule: {fault}");
        if (!content.Desk.Confirmed)
            Note("desk hours are not confirmed: the site names no clock time and promises no window (a lead confirms them at /intake/desk)");
        var places = content.Locations.Where(place => !place.StateConfirmed).Select(place => place.Name).ToList();
        if (places.Count > 0) Note($"facts: nobody has confirmed the state of {string.Join(", ", places)}; the site does not name it (docs/owner-must-supply.md)");
        var lines = content.CrisisResources.Where(line => line.NextCheck is null).Select(line => line.Name).ToList();
        if (lines.Count > 0) Note($"facts: nobody has written down having called {string.Join(", ", lines)}; do so at /editing/due");
        var reviews = DueView.Of(content, services.GetRequiredService<IOptions<EditingOptions>>().Value.OverdueGraceDays, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        if (reviews.Overdue.Count > 0) Note($"facts: {reviews.Overdue.Count} reviews are overdue (/editing/due)");
    }

    /// <summary>As far as sending goes without sending.</summary>
    private async Task LookAtMailAsync()
    {
        if (!TryRead(services.GetRequiredService<IOptions<MailOptions>>(), out var mail)) return;
        using var transport = services.GetRequiredService<IMailTransport>();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await transport.ProbeAsync(patience.Token);
            if (mail.Transport == MailTransportKind.Pickup) Note("mail: it is only written to files (Mail:Transport=Pickup)");
            else Say(well: true, $"mail: {mail.Host}:{mail.Port} answers{(mail.Security == MailSecurity.None ? "" : ", encrypted")}{(mail.UserName.Length == 0 ? "" : ", and takes the login")}; nothing was sent");
        }
        catch (MailUnavailableException fault)
        {
            Say(well: false, $"mail: {fault.Message} Requests are stored all the same, but nobody is told of them by mail");
        }
    }

    /// <summary>What is wrong with its settings was said above.</summary>
    private static bool TryRead(IOptions<MailOptions> options, out MailOptions mail)
    {
        try
        {
            mail = options.Value;
            return true;
        }
        catch (OptionsValidationException)
        {
            mail = new();
            return false;
        }
    }

    private void Say(IEnumerable<(bool? Well, string Line)> lines)
    {
        foreach (var (well, line) in lines)
        {
            if (well is { } known) Say(known, line);
            else Note(line);
        }
    }

    private void Say(bool well, string line)
    {
        if (!well) _faults++;
        CommandLine.Result($"{(well ? "ok   " : "FAULT")} {line}");
    }

    private static void Note(string line) => CommandLine.Result($"note  {line}");
}
