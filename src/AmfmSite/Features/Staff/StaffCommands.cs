using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Identity;

namespace AmfmSite.Features.Staff;

/// <summary><c>staff invite</c> and <c>staff disable</c>.</summary>
internal sealed class StaffCommands(UserManager<StaffMember> users, AmfmDbContext db, SiteAddress address, TimeProvider clock)
{
    /// <summary>Makes an account without a password, or opens an old one anew, and prints the one link that sets the password.</summary>
    public async Task<int> InviteAsync(CommandLine command)
    {
        var (email, role) = (command.Required("email"), command.Required("role"));
        if (!StaffRoles.All.Contains(role)) throw new CommandUsageException($"--role is one of {string.Join(", ", StaffRoles.All)}.");

        var user = await users.FindByEmailAsync(email);
        if (user is null)
        {
            user = new StaffMember { Id = Guid.CreateVersion7(), UserName = email, Email = email };
            Check(await users.CreateAsync(user));
        }

        if (user.DisabledAt is not null) return CommandLine.Fault($"The account of {email} is disabled. It stays so; invite another address.");
        if (!await users.IsInRoleAsync(user, role)) Check(await users.AddToRoleAsync(user, role));
        await TraceAsync(AuditAction.StaffInvited, user.Id);
        var token = await users.GeneratePasswordResetTokenAsync(user);
        CommandLine.Result($"{address.BaseUrl}/staff/invitation?who={user.Id}&token={Uri.EscapeDataString(token)}");
        CommandLine.Talk($"This link sets the password of {email} (role {role}). It works once, within a day.");
        return 0;
    }

    public async Task<int> DisableAsync(CommandLine command)
    {
        var email = command.Required("email");
        if (await users.FindByEmailAsync(email) is not { } user) return CommandLine.Fault($"There is no account of {email}.");
        user.Disable(clock.GetUtcNow().UtcDateTime);
        Check(await users.UpdateSecurityStampAsync(user));
        await TraceAsync(AuditAction.StaffDisabled, user.Id);
        CommandLine.Talk($"{email} can no longer sign in. Who is signed in with it is out within a minute.");
        return 0;
    }

    private async Task TraceAsync(AuditAction action, Guid staffId)
    {
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, action, staffId, requestId: null, "by command"));
        await db.SaveChangesAsync();
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded) throw new CommandUsageException(string.Join(" ", result.Errors.Select(error => error.Description)));
    }
}
