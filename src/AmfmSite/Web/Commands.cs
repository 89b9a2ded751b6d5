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

/// <summary>The commands of contracts.md. Exit 0 done, 1 found a fault, 2 wrong use. They run beside a running site.</summary>
internal static class Commands
{
    /// <summary>They look at the database as it is, or exchange it: it is not brought to this version before.</summary>
    private static readonly HashSet<string> AsItIs = ["doctor", "backup", "restore"];

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
        ["backup"] = (services, command) => Task.FromResult(services.GetRequiredService<BackupCommands>().Backup(command)),
        ["restore"] = (services, command) => Task.FromResult(services.GetRequiredService<BackupCommands>().Restore(command)),
        ["doctor"] = (services, _) => services.GetRequiredService<Doctor>().RunAsync(),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static async Task<int> RunAsync(IServiceProvider services, CommandLine command)
    {
        try
        {
            if (!All.TryGetValue(command.Name, out var run))
                throw new CommandUsageException($"There is no command \"{command.Name}\". There are: {string.Join(", ", Names)}.");
            await using var scope = services.CreateAsyncScope();
            if (!AsItIs.Contains(command.Name) && !command.Has(CommandLine.DryRun))
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
}
