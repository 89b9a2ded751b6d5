using Microsoft.AspNetCore.Authorization;

namespace AmfmSite.Features.Staff;

/// <summary>Whether the sign-in of this request is complete, and whether it is fresh.</summary>
internal sealed class SessionRequirementHandler(IHostEnvironment environment, TimeProvider clock) : AuthorizationHandler<SessionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SessionRequirement requirement)
    {
        if (context.Resource is not HttpContext http || StaffSession.Of(http) is not { } session) return Task.CompletedTask;
        var holds = requirement == SessionRequirement.Fresh
            ? session.IsFreshAt(clock.GetUtcNow())
            : environment.IsDevelopment() || session.Way != SignInWay.Password;
        if (holds) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
