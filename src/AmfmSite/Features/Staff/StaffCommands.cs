using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Identity;

namespace AmfmSite.Features.Staff;

/// <summary><c>staff invite</c> and <c>staff disable</c>.</summary>
internal sealed class StaffCommands(UserManager<StaffMember> users, StaffAccounts accounts, AmfmDbContext db, TimeProvider clock)
{
    /// <summary>Makes an account without a way in, or gives an old one another, and prints the one link that sets a password or makes a passkey.</summary>
    public async Task<int> InviteAsync(CommandLine command)
    {
        var (email, role) = (command.Required("email"), command.Required("role"));
        if (!StaffRoles.All.Contains(role)) throw new CommandUsageException($"--role is one of {string.Join(", ", StaffRoles.All)}.");

        var (user, isNew) = (await users.FindByEmailAsync(email), false);
        if (user is null) (user, isNew) = (new StaffMember { Id = Guid.CreateVersion7(), UserName = email, Email = email }, true);
        if (user.DisabledAt is not null) return CommandLine.Fault($"The account of {email} is disabled. It stays so; invite another address.");
        Trace(AuditAction.StaffInvited, user.Id, role);
        if (isNew) Check(await users.CreateAsync(user));
        if (!await users.IsInRoleAsync(user, role)) Check(await users.AddToRoleAsync(user, role));
        await db.SaveChangesAsync();
        CommandLine.Result(await accounts.LinkAsync(user));
        CommandLine.Talk($"This link opens the account of {email} (role {role}) with a passkey or a password. It works once, within a day.");
        return 0;
    }

    public async Task<int> DisableAsync(CommandLine command)
    {
        var email = command.Required("email");
        if (await users.FindByEmailAsync(email) is not { } user) return CommandLine.Fault($"There is no account of {email}.");
        user.Disable(clock.GetUtcNow().UtcDateTime);
        Trace(AuditAction.StaffDisabled, user.Id, "disabled");
        Check(await users.UpdateSecurityStampAsync(user));
        CommandLine.Talk($"{email} can no longer sign in. Who is signed in with it is out at the next step.");
        return 0;
    }

    /// <summary>Saved with the deed. Nobody at the desk did it, so no account stands for it.</summary>
    private void Trace(AuditAction action, Guid accountId, string what) =>
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, action, staffId: null, requestId: null, $"by command, account {accountId}: {what}"));

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded) throw new CommandUsageException(string.Join(" ", result.Errors.Select(error => error.Description)));
    }
}
