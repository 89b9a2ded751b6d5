using System.Security.Claims;

namespace AmfmSite.Features.Staff;

public static class StaffIds
{
    /// <summary>The id of who is signed in.</summary>
    /// <exception cref="InvalidOperationException">Nobody is.</exception>
    public static Guid StaffId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : throw new InvalidOperationException("Nobody is signed in.");
}
