using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
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
        ["outbox retry"] = async (services, _) =>
        {
            CommandLine.Result($"{await services.GetRequiredService<OutboxStore>().RetryAllAsync(CancellationToken.None)} messages are due now.");
            return 0;
        },
        ["retention run"] = async (services, _) =>
        {
            CommandLine.Result($"{await services.GetRequiredService<Retention>().RunAsync(CancellationToken.None)} closed requests deleted.");
            return 0;
        },
        ["keys rotate"] = (services, _) => Task.FromResult(services.GetRequiredService<KeyCommands>().Rotate()),
        ["keys reencrypt"] = (services, _) => services.GetRequiredService<KeyCommands>().ReencryptAsync(),
        ["content import"] = (services, _) => ContentImportAsync(services),
        ["content export"] = async (services, command) =>
        {
            var to = command.Required("to");
            var files = await PublishedContent.LiveAsync(services.GetRequiredService<AmfmDbContext>(), CancellationToken.None);
            ContentPack.Write(to, files);
            CommandLine.Result($"{files.Count} records written to {to}.");
            return 0;
        },
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
            if (command.Name != Doctor) await scope.ServiceProvider.GetRequiredService<AmfmDbContext>().Database.MigrateAsync();
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

    private static async Task<int> ContentImportAsync(IServiceProvider services)
    {
        var report = await services.GetRequiredService<ContentImport>().RunAsync(services.GetRequiredService<Directories>().ContentPack, CancellationToken.None);
        foreach (var kept in report.Kept) CommandLine.Talk($"kept as edited here: {kept}");
        CommandLine.Result(report.ToString());
        return 0;
    }

    private static async Task<int> OutboxListAsync(AmfmDbContext db)
    {
        var unsent = await db.OutboxMessages.AsNoTracking().Where(message => message.SentAt == null).OrderBy(message => message.CreatedAt).ToListAsync();
        foreach (var message in unsent)
            CommandLine.Result($"{message.CreatedAt:yyyy-MM-dd HH:mm:ss}Z  {message.Kind,-20} attempts {message.Attempts,-4} {(message.ParkedAt is null ? $"due {message.DueAt:HH:mm:ss}Z" : "parked")}  {message.LastError}");
        CommandLine.Talk(unsent.Count == 0 ? "Nothing waits." : $"{unsent.Count} unsent.");
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
        Say(await db.Users.AnyAsync(user => user.DisabledAt == null && user.PasswordHash != null), "staff: somebody can sign in");
        await services.GetRequiredService<PublishedContent>().RefreshAsync(db, CancellationToken.None);
        if (services.GetRequiredService<PublishedContent>() is { IsLoaded: true, Current.Desk.Confirmed: false })
            CommandLine.Result("note  desk hours are not confirmed: the site names no clock time and promises no window (settings.yaml of the content pack)");
        return faults == 0 ? 0 : 1;

        void Say(bool well, string line)
        {
            if (!well) faults++;
            CommandLine.Result($"{(well ? "ok   " : "FAULT")} {line}");
        }
    }
}
