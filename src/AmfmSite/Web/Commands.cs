using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Intake.Demo;
using AmfmSite.Features.Staff;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Web;

/// <summary>The commands of contracts.md that exist so far. Exit 0 done, 1 found a fault, 2 wrong use. They run beside a running site.</summary>
internal static class Commands
{
    private const string Doctor = "doctor";

    private static readonly Dictionary<string, Func<IServiceProvider, CommandLine, Task<int>>> All = new()
    {
        ["staff invite"] = (services, command) => services.GetRequiredService<StaffCommands>().InviteAsync(command),
        ["staff disable"] = (services, command) => services.GetRequiredService<StaffCommands>().DisableAsync(command),
        ["outbox list"] = (services, _) => OutboxListAsync(services.GetRequiredService<AmfmDbContext>()),
        ["outbox retry"] = (services, _) => OutboxRetryAsync(services),
        ["retention run"] = async (services, _) =>
        {
            CommandLine.Result($"{await services.GetRequiredService<Retention>().RunAsync(CancellationToken.None)} closed requests deleted.");
            return 0;
        },
        ["audit verify"] = (services, _) => services.GetRequiredService<AuditCommands>().VerifyAsync(),
        ["keys rotate"] = (services, _) => Task.FromResult(services.GetRequiredService<KeyCommands>().Rotate()),
        ["keys rewrap"] = (services, _) => Task.FromResult(services.GetRequiredService<KeyCommands>().Rewrap()),
        ["keys reencrypt"] = (services, _) => services.GetRequiredService<KeyCommands>().ReencryptAsync(),
        ["content import"] = (services, command) => services.GetRequiredService<ContentCommands>().ImportAsync(command),
        ["content export"] = (services, command) => services.GetRequiredService<ContentCommands>().ExportAsync(command),
        ["content check-links"] = (services, command) => services.GetRequiredService<ContentCommands>().CheckLinksAsync(command),
        ["demo requests"] = (services, command) => services.GetRequiredService<DemoRequests>().RunAsync(command),
        [Doctor] = (services, _) => DoctorAsync(services),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static async Task<int> RunAsync(IServiceProvider services, CommandLine command)
    {
        try
        {
            if (!All.TryGetValue(command.Name, out var run))
                throw new CommandUsageException($"There is no command \"{command.Name}\". There are: {string.Join(", ", Names)}.");
            await using var scope = services.CreateAsyncScope();
            if (command.Name != Doctor && !command.Has(CommandLine.DryRun))
            {
                await scope.ServiceProvider.GetRequiredService<AmfmDbContext>().UpgradeAsync(CancellationToken.None);
                scope.ServiceProvider.TakeKeysOver();
            }

            return await run(scope.ServiceProvider, command);
        }
        catch (CommandUsageException wrong)
        {
            CommandLine.Talk(wrong.Message);
            return 2;
        }
        catch (ContentFaultException fault)
        {
            return CommandLine.Fault(fault.Message);
        }
    }

    private static async Task<int> OutboxListAsync(AmfmDbContext db)
    {
        var unsent = await db.OutboxMessages.AsNoTracking().Where(message => message.SentAt == null).OrderBy(message => message.CreatedAt).ToListAsync();
        foreach (var message in unsent)
            CommandLine.Result($"{message.CreatedAt:yyyy-MM-dd HH:mm:ss}Z  {message.Kind,-20} attempts {message.Attempts,-4} {(message.ParkedAt is null ? $"due {message.DueAt:HH:mm:ss}Z" : "parked")}  {message.LastError}");
        CommandLine.Talk(unsent.Count == 0 ? "Nothing waits." : $"{unsent.Count} unsent.");
        return 0;
    }

    /// <summary>Also ends what is held after a restore, with a trace of who said so: a person at the machine.</summary>
    private static async Task<int> OutboxRetryAsync(IServiceProvider services)
    {
        var (db, clock) = (services.GetRequiredService<AmfmDbContext>(), services.GetRequiredService<TimeProvider>());
        var due = await services.GetRequiredService<OutboxStore>().RetryAllAsync(CancellationToken.None);
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, AuditAction.OutboxReleased, staffId: null, requestId: null, $"{due} messages"));
        await db.SaveChangesAsync();
        CommandLine.Result($"{due} messages are due now.");
        return 0;
    }

    /// <summary>What a person should know before relying on this installation.</summary>
    private static async Task<int> DoctorAsync(IServiceProvider services)
    {
        var faults = 0;
        var db = services.GetRequiredService<AmfmDbContext>();
        var pending = (await db.Database.GetPendingMigrationsAsync()).Count();
        Say(pending == 0, $"database: {pending} migrations wait");
        foreach (var (well, line) in await services.GetRequiredService<KeyCommands>().CheckAsync())
        {
            if (well is { } known) Say(known, line);
            else CommandLine.Result($"note  {line}");
        }

        var counts = await services.GetRequiredService<OutboxStore>().CountAsync(CancellationToken.None);
        Say(counts.Parked == 0, $"outbox: {counts.Waiting} waiting, {counts.Parked} parked");
        var unopened = services.GetRequiredService<Unopened>();
        var (requests, quarantine) = (await unopened.CountAsync(quarantine: false, CancellationToken.None), await unopened.CountAsync(quarantine: true, CancellationToken.None));
        var minutes = services.GetRequiredService<IOptions<IntakeOptions>>().Value.EscalationMinutes;
        if (minutes == 0) CommandLine.Result("note  desk: escalations are off (Intake:EscalationMinutes), nothing tells of requests that nobody opens");
        else Say(requests.Overdue + quarantine.Overdue == 0, $"desk: unopened for more than {minutes} minutes: {requests.Overdue} in the queue, {quarantine.Overdue} in quarantine");
        var overdue = await services.GetRequiredService<Retention>().OverdueAsync(CancellationToken.None);
        if (overdue > Retention.MostOverdue) Say(well: false, $"retention: does not run by itself, by this machine's clock a closed request should have been deleted {overdue.Value.TotalDays:0} days ago; when the clock is right, `retention run`");
        else Say(well: true, "retention: no closed request is long overdue");
        Say(await db.Users.AnyAsync(user => user.DisabledAt == null && (user.PasswordHash != null || db.UserPasskeys.Any(passkey => passkey.UserId == user.Id))), "staff: somebody can sign in");
        await services.GetRequiredService<PublishedContent>().RefreshAsync(db, CancellationToken.None);
        var published = services.GetRequiredService<PublishedContent>();
        if (published.IsLoaded) foreach (var fault in published.Current.Tolerated) Say(well: false, $"content: published before this rule: {fault}");
        if (published is { IsLoaded: true, Current.Desk.Confirmed: false })
            CommandLine.Result("note  desk hours are not confirmed: the site names no clock time and promises no window (a lead confirms them at /intake/desk)");
        return faults == 0 ? 0 : 1;

        void Say(bool well, string line)
        {
            if (!well) faults++;
            CommandLine.Result($"{(well ? "ok   " : "FAULT")} {line}");
        }
    }
}
