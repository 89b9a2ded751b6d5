using Microsoft.AspNetCore.Authorization;

namespace AmfmSite.Features.Staff;

/// <summary>What a policy asks of the sign-in itself, whoever it is.</summary>
internal sealed class SessionRequirement : IAuthorizationRequirement
{
    /// <summary>With a second factor or a passkey; in Development a password is enough.</summary>
    public static readonly SessionRequirement Complete = new();

    /// <summary>Not long ago.</summary>
    public static readonly SessionRequirement Fresh = new();

    private SessionRequirement() { }
}
