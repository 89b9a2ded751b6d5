using Microsoft.AspNetCore.Identity;

namespace AmfmSite.Features.Staff;

/// <summary>Somebody who works at the desk or on the pages.</summary>
public sealed class StaffMember : IdentityUser<Guid>
{
    /// <summary>When an administrator shut the account; null while it may sign in.</summary>
    public DateTime? DisabledAt { get; private set; }

    public void Disable(DateTime now) => DisabledAt ??= now;
}
