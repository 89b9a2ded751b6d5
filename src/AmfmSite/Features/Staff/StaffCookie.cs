using System.Security.Claims;
using AmfmSite.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Staff;

/// <summary>Asks at every request whether a sign-in still stands: not ended, not too long idle, the account neither shut nor changed. Roles count as they are now.</summary>
internal sealed class StaffCookie(IOptions<IdentityOptions> options, TimeProvider clock) : CookieAuthenticationEvents
{
    private const string SignInPath = "/staff/sign-in";

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var endpoint = context.HttpContext.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            // A file, a health check or a page for visitors: nobody there asks who it is, and they need no database for it.
            context.RejectPrincipal();
            return;
        }

        var (now, db) = (clock.GetUtcNow(), context.HttpContext.RequestServices.GetRequiredService<AmfmDbContext>());
        if (StaffSession.From(context.Properties) is not { } session || now >= session.LocksAt || await StandingAsync(db, context.Principal!, session) is not { } roles)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        if (!roles.Order(StringComparer.Ordinal).SequenceEqual(context.Principal!.FindAll(options.Value.ClaimsIdentity.RoleClaimType).Select(claim => claim.Value).Order(StringComparer.Ordinal)))
        {
            var id = context.Principal!.StaffId();
            var principals = context.HttpContext.RequestServices.GetRequiredService<IUserClaimsPrincipalFactory<StaffMember>>();
            context.ReplacePrincipal(await principals.CreateAsync(await db.Users.SingleAsync(user => user.Id == id)));
            context.ShouldRenew = true;
        }

        if (!IsAction(context.Request, endpoint)) return;
        (session with { ActiveAt = now }).WriteTo(context.Properties);
        context.ShouldRenew = true;
    }

    /// <summary>To the sign-in and back. What a script asked for is told in a status instead.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsNavigation(context.Request)) context.Response.Redirect(PathTo(context.Request));
        else context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    /// <summary>The sign-in page that leads back to where this request came from.</summary>
    internal static string PathTo(HttpRequest request, bool again = false) => $"{SignInPath}?ReturnUrl={Uri.EscapeDataString(StaffPages.Here(request))}{(again ? "&again=true" : "")}";

    /// <returns>The roles of the account, or null.</returns>
    private async Task<List<string>?> StandingAsync(AmfmDbContext db, ClaimsPrincipal principal, StaffSession session)
    {
        var id = principal.StaffId();
        var stamp = principal.FindFirst(options.Value.ClaimsIdentity.SecurityStampClaimType)?.Value;
        var rows = await db.Users
            .Where(user => user.Id == id && user.DisabledAt == null && user.SecurityStamp == stamp)
            .Where(user => db.UserTokens.Any(token => token.UserId == id && token.LoginProvider == StaffSession.Provider && token.Name == session.Id))
            .SelectMany(user => db.UserRoles.Where(held => held.UserId == user.Id).DefaultIfEmpty(), (_, held) => db.Roles.Where(role => role.Id == held!.RoleId).Select(role => role.Name).FirstOrDefault())
            .ToListAsync();

        // One row a role; one without a name where there is no role; none where the sign-in no longer stands.
        return rows.Count == 0 ? null : [.. rows.OfType<string>()];
    }

    /// <summary>Somebody did something: went to a page or sent a form. What a page fetches by itself is none.</summary>
    private static bool IsAction(HttpRequest request, Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<QuietAttribute>() is null && (!HttpMethods.IsGet(request.Method) || IsNavigation(request));

    private static bool IsNavigation(HttpRequest request) => request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate";
}
