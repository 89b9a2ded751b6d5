namespace AmfmSite.Features.Staff;

/// <summary>Names of the policies that routes of the desk demand.</summary>
public static class StaffPolicies
{
    /// <summary>Anybody who is signed in.</summary>
    public const string Staff = "staff";

    /// <summary>Who works requests: intake and lead.</summary>
    public const string Desk = "desk";
}
