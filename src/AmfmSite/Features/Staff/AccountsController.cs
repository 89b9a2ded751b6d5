using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Staff;

/// <summary>All accounts, for administrators; and the invitation of a new one.</summary>
[Authorize(StaffPolicies.Admin)]
[NoStore]
public sealed class AccountsController(AmfmDbContext db, StaffAccounts accounts, TimeProvider clock) : Controller
{
    public const string Path = "/staff/accounts";

    [HttpGet(Path)]
    public async Task<IActionResult> Show(CancellationToken cancellation) => View("Accounts", await ListAsync(new InviteForm(), cancellation));

    [Authorize(StaffPolicies.Fresh)]
    [HttpPost(Path)]
    public async Task<IActionResult> Create([FromForm] InviteForm form, CancellationToken cancellation)
    {
        var roles = form.Roles.Intersect(StaffRoles.All).ToList();
        if (roles.Count == 0) ModelState.AddModelError(nameof(form.Roles), "Choose at least one role.");
        else
        {
            var (account, problem) = await accounts.InviteAsync(form.Email, roles, User.StaffId());
            if (account is not null) return View("AccountLink", new AccountLink(account.UserName ?? "", await accounts.LinkAsync(account), IsNew: true));
            ModelState.AddModelError(nameof(form.Email), problem!);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Accounts", await ListAsync(form, cancellation));
    }

    private async Task<AccountsView> ListAsync(InviteForm form, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rows = await AccountRow.ReadAsync(db, id: null, cancellation);
        db.AuditEntries.Add(new AuditEntry(now.UtcDateTime, AuditAction.AccountsViewed, User.StaffId(), requestId: null));
        await db.SaveChangesAsync(cancellation);
        return new([.. rows.OrderBy(row => row.DisabledAt is not null).ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase)], form, now);
    }
}
