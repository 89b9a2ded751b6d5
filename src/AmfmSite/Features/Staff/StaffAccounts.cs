using System.Data;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Staff;

/// <summary>What an administrator does to accounts, each with its trace in the same transaction.</summary>
public sealed class StaffAccounts(UserManager<StaffMember> users, AmfmDbContext db, SiteAddress address, TimeProvider clock)
{
    /// <summary>The one link that opens an account; it works once and for a day.</summary>
    public async Task<string> LinkAsync(StaffMember user) =>
        $"{address.BaseUrl}/staff/invitation?who={user.Id}&token={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(user))}";

    /// <returns>The new account, or what is wrong with the address.</returns>
    public async Task<(StaffMember? Account, string? Problem)> InviteAsync(string? email, IEnumerable<string> roles, Guid byId)
    {
        if (email?.Trim() is not { Length: > 0 } address) return (null, "Enter the e-mail address of your colleague.");
        var user = new StaffMember { Id = Guid.CreateVersion7(), UserName = address, Email = address };
        Trace(AuditAction.StaffInvited, byId, $"account {user.Id}: {string.Join(", ", roles)}");
        await GiveAsync(user.Id, roles);
        var result = await users.CreateAsync(user);
        if (result.Succeeded) return (user, null);
        db.ChangeTracker.Clear();
        return (null, result.Errors.Any(error => error.Code.StartsWith("Duplicate", StringComparison.Ordinal))
            ? "There is an account of this address already. It stands in the list below."
            : "Enter an e-mail address, such as robin@example.org.");
    }

    /// <summary>Gives and takes roles, so that these are left.</summary>
    /// <returns>False when no administrator would be left who can sign in; then nothing was changed.</returns>
    public Task<bool> SetRolesAsync(Guid id, IReadOnlyCollection<string> roles, Guid byId) => KeepingAnAdminAsync(async () =>
    {
        var held = await RolesAsync(id);
        var taken = held.Except(roles).ToList();
        foreach (var role in taken) Trace(AuditAction.RoleTaken, byId, $"account {id}: {role}");
        foreach (var role in roles.Except(held)) Trace(AuditAction.RoleGiven, byId, $"account {id}: {role}");
        db.RemoveRange(await db.UserRoles.Where(row => row.UserId == id && db.Roles.Any(role => role.Id == row.RoleId && taken.Contains(role.Name!))).ToListAsync());
        await GiveAsync(id, roles.Except(held));
    });

    public Task<bool> DisableAsync(Guid id, Guid byId) => KeepingAnAdminAsync(async () =>
    {
        (await db.Users.SingleAsync(user => user.Id == id)).Disable(clock.GetUtcNow().UtcDateTime);
        Trace(AuditAction.StaffDisabled, byId, $"account {id}");
    });

    /// <summary>Takes password, passkeys, authenticator and codes away, and opens a shut account again. Who is signed in with it is out.</summary>
    public Task<bool> ResetAsync(Guid id, Guid byId) => KeepingAnAdminAsync(async () =>
    {
        var user = await db.Users.SingleAsync(user => user.Id == id);
        await db.UserPasskeys.Where(passkey => passkey.UserId == id).ExecuteDeleteAsync();
        await db.UserTokens.Where(row => row.UserId == id).ExecuteDeleteAsync();
        user.ForgetFactors();
        if (user.DisabledAt is not null) Trace(AuditAction.StaffEnabled, byId, $"account {id}");
        user.Enable();
        Trace(AuditAction.FactorsReset, byId, $"account {id}");
    });

    public async Task UnlockAsync(Guid id, Guid byId)
    {
        (await db.Users.SingleAsync(user => user.Id == id)).Unlock();
        Trace(AuditAction.LockoutLifted, byId, $"account {id}");
        await db.SaveChangesAsync();
    }

    public Task<List<string>> RolesAsync(Guid id) =>
        db.UserRoles.Where(held => held.UserId == id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name!).ToListAsync();

    private async Task GiveAsync(Guid id, IEnumerable<string> names)
    {
        var given = names.ToList();
        foreach (var role in await db.Roles.Where(role => given.Contains(role.Name!)).ToListAsync()) db.UserRoles.Add(new() { UserId = id, RoleId = role.Id });
    }

    /// <summary>In one transaction with the question whether an administrator is left, so that two who act at once cannot take each other's role.</summary>
    private async Task<bool> KeepingAnAdminAsync(Func<Task> change) => await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable);
        await change();
        await db.SaveChangesAsync();
        var isLeft = await db.Users.AnyAsync(user => user.DisabledAt == null
            && (user.PasswordHash != null || db.UserPasskeys.Any(passkey => passkey.UserId == user.Id))
            && db.UserRoles.Any(held => held.UserId == user.Id && db.Roles.Any(role => role.Id == held.RoleId && role.Name == StaffRoles.Admin)));
        if (isLeft) await transaction.CommitAsync();
        return isLeft;
    });

    private void Trace(AuditAction action, Guid byId, string detail) =>
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, action, byId, requestId: null, detail));
}
