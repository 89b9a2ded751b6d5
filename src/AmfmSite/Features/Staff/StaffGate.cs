using AmfmSite.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace AmfmSite.Features.Staff;

/// <summary>
/// What follows when a policy is not met: who has no second factor yet is led to set one up, who signed in too long ago
/// signs in again, and anybody else finds nothing there, which is audited.
/// </summary>
internal sealed class StaffGate(TimeProvider clock) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Forbidden)
        {
            await _usual.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        var failed = authorizeResult.AuthorizationFailure!.FailedRequirements.ToList();
        if (failed.Contains(SessionRequirement.Complete)) context.Response.Redirect(AuthenticatorController.Path);
        else if (failed.TrueForAll(requirement => requirement == SessionRequirement.Fresh)) context.Response.Redirect(StaffCookie.PathTo(context.Request, again: true));
        else await RefuseAsync(context);
    }

    private async Task RefuseAsync(HttpContext context)
    {
        var db = context.RequestServices.GetRequiredService<AmfmDbContext>();
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        Guid? requestId = route.Contains("requests/{id", StringComparison.Ordinal) && Guid.TryParse(context.GetRouteValue("id") as string, out var id) ? id : null;
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, AuditAction.AccessRefused, context.User.StaffId(), requestId, $"{context.Request.Method} {route}"));
        await db.SaveChangesAsync();
        context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
