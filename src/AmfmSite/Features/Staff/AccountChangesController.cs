using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>One account, and what an administrator may do to it; never to their own, and never so that no administrator is left.</summary>
[Authorize(StaffPolicies.Admin)]
[NoStore]
public sealed class AccountChangesController(AmfmDbContext db, StaffAccounts accounts, TimeProvider clock) : Controller
{
    private const string Path = AccountsController.Path + "/{id:guid}";
    private const string LastAdmin = "Nobody would be left who can give and take accounts. Make somebody else an administrator first, and let them sign in once.";

    [HttpGet(Path)]
    public Task<IActionResult> Show(Guid id, CancellationToken cancellation) => ShowAsync(id, problem: null, cancellation);

    [Authorize(StaffPolicies.Fresh)]
    [HttpPost(Path + "/roles")]
    public async Task<IActionResult> SetRoles(Guid id, [FromForm] InviteForm form, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is null) return NotFound();
        var roles = form.Roles.Intersect(StaffRoles.All).ToList();
        if (roles.Count == 0) return await ShowAsync(id, "Choose at least one role, or shut the account.", cancellation);
        return await accounts.SetRolesAsync(id, roles, User.StaffId()) ? Done(id) : await ShowAsync(id, LastAdmin, cancellation);
    }

    [Authorize(StaffPolicies.Fresh)]
    [HttpPost(Path + "/disable")]
    public async Task<IActionResult> Disable(Guid id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is null) return NotFound();
        if (id == User.StaffId()) return await ShowAsync(id, "This is your own account. Another administrator can shut it.", cancellation);
        return await accounts.DisableAsync(id, User.StaffId()) ? Done(id) : await ShowAsync(id, LastAdmin, cancellation);
    }

    [Authorize(StaffPolicies.Fresh)]
    [HttpPost(Path + "/unlock")]
    public async Task<IActionResult> Unlock(Guid id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is null) return NotFound();
        await accounts.UnlockAsync(id, User.StaffId());
        return Done(id);
    }

    /// <summary>For who has lost every way in, or comes back. The answer holds the link.</summary>
    [Authorize(StaffPolicies.Fresh)]
    [HttpPost(Path + "/reset")]
    public async Task<IActionResult> Reset(Guid id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is null) return NotFound();
        if (id == User.StaffId()) return await ShowAsync(id, "This is your own account. Change your ways in on your account page.", cancellation);
        if (!await accounts.ResetAsync(id, User.StaffId())) return await ShowAsync(id, LastAdmin, cancellation);
        var user = (await db.Users.FindAsync([id], cancellation))!;
        return View("AccountLink", new AccountLink(user.UserName ?? "", await accounts.LinkAsync(user), IsNew: false));
    }

    private async Task<IActionResult> ShowAsync(Guid id, string? problem, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        if (await FindAsync(id, cancellation) is not { } row) return NotFound();
        if (problem is not null) Response.StatusCode = StatusCodes.Status409Conflict;
        return View("AccountChanges", new AccountChangesView(row, row.Id == User.StaffId(), clock.GetUtcNow(), problem));
    }

    private async Task<AccountRow?> FindAsync(Guid id, CancellationToken cancellation) => (await AccountRow.ReadAsync(db, id, cancellation)).SingleOrDefault();

    private LocalRedirectResult Done(Guid id) => LocalRedirect($"{AccountsController.Path}/{id}");
}
