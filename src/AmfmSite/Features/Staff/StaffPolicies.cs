using Microsoft.AspNetCore.Authorization;

namespace AmfmSite.Features.Staff;

/// <summary>Names of the policies that routes of the desk demand.</summary>
public static class StaffPolicies
{
    /// <summary>Anybody who is signed in, with a second factor or a passkey; in Development a password is enough. All policies below ask the same.</summary>
    public const string Staff = "staff";

    /// <summary>Who has given the right password and may have no second factor yet: for setting one up and for signing out, nothing else.</summary>
    public const string Entering = "entering";

    /// <summary>Who works requests: intake and lead.</summary>
    public const string Desk = "desk";

    /// <summary>Who sets the desk's hours and rules, and opens closed requests anew.</summary>
    public const string Lead = "lead";

    /// <summary>Who writes pages.</summary>
    public const string Editor = "editor";

    /// <summary>Who reviews pages before they are published.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Who reads drafts and histories: editor and reviewer.</summary>
    public const string Editing = "editing";

    /// <summary>Who gives and takes accounts.</summary>
    public const string Admin = "admin";

    /// <summary>Who reads the audit: auditor and admin.</summary>
    public const string Auditor = "auditor";

    /// <summary>
    /// Signed in within the last ten minutes; stands beside another policy. Whoever is not is asked to sign in again and
    /// comes back: a GET to where it went, a POST to the page that its form stood on.
    /// </summary>
    public const string Fresh = "fresh";

    private static readonly Dictionary<string, string[]> Roles = new()
    {
        [Desk] = [StaffRoles.Intake, StaffRoles.Lead],
        [Lead] = [StaffRoles.Lead],
        [Editor] = [StaffRoles.Editor],
        [Reviewer] = [StaffRoles.Reviewer],
        [Editing] = [StaffRoles.Editor, StaffRoles.Reviewer],
        [Admin] = [StaffRoles.Admin],
        [Auditor] = [StaffRoles.Auditor, StaffRoles.Admin],
    };

    internal static void AddTo(AuthorizationBuilder policies)
    {
        policies.SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(SessionRequirement.Complete).Build());
        policies.AddPolicy(Staff, policy => policy.RequireAuthenticatedUser().AddRequirements(SessionRequirement.Complete));
        policies.AddPolicy(Entering, policy => policy.RequireAuthenticatedUser());
        policies.AddPolicy(Fresh, policy => policy.RequireAuthenticatedUser().AddRequirements(SessionRequirement.Fresh));
        foreach (var (name, roles) in Roles)
            policies.AddPolicy(name, policy => policy.RequireAuthenticatedUser().AddRequirements(SessionRequirement.Complete).RequireRole(roles));
    }
}
