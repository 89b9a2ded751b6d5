using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Staff;

/// <summary>An account as an administrator sees it.</summary>
/// <param name="LastSignIn">UTC; null when there was none, or none that the audit still knows.</param>
public sealed record AccountRow(
    Guid Id, string Name, IReadOnlyList<string> Roles, int Passkeys, bool HasPassword, bool HasAuthenticator, DateTime? LastSignIn, DateTimeOffset? LockoutEnd, DateTime? DisabledAt)
{
    /// <summary>In words: what the account can be opened with.</summary>
    public string Factors => (Passkeys, HasPassword, HasAuthenticator) switch
    {
        (0, false, _) => "None yet",
        (0, true, false) => "Password only",
        (0, true, true) => "Password and app",
        (var some, true, true) => $"{Count(some)}; password and app",
        var (some, _, _) => Count(some),
    };

    public string State(DateTimeOffset now) => this switch
    {
        { DisabledAt: not null } => "Shut",
        { Passkeys: 0, HasPassword: false } => "Invited",
        _ when IsLocked(now) => "Locked for now",
        _ => "Open",
    };

    public bool IsLocked(DateTimeOffset now) => LockoutEnd > now;

    /// <param name="id">One account, or null for all.</param>
    public static async Task<IReadOnlyList<AccountRow>> ReadAsync(AmfmDbContext db, Guid? id, CancellationToken cancellation)
    {
        var roles = (await db.UserRoles.Join(db.Roles, held => held.RoleId, role => role.Id, (held, role) => new { held.UserId, role.Name }).ToListAsync(cancellation)).ToLookup(held => held.UserId, held => held.Name!);
        var users = await db.Users.AsNoTracking().Where(user => id == null || user.Id == id)
            .Select(user => new
            {
                User = user,
                Passkeys = db.UserPasskeys.Count(passkey => passkey.UserId == user.Id),
                LastSignIn = db.AuditEntries.Where(entry => entry.StaffId == user.Id && entry.Action == AuditAction.SignedIn).Max(entry => (DateTime?)entry.At),
            })
            .ToListAsync(cancellation);
        return [.. users.Select(row => new AccountRow(
            row.User.Id, row.User.UserName ?? "", [.. StaffRoles.All.Where(role => roles[row.User.Id].Contains(role))], row.Passkeys,
            row.User.PasswordHash is not null, row.User.TwoFactorEnabled, row.LastSignIn, row.User.LockoutEnd, row.User.DisabledAt))];
    }

    private static string Count(int passkeys) => passkeys == 1 ? "Passkey" : $"{passkeys} passkeys";
}
