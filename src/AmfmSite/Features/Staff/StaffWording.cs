namespace AmfmSite.Features.Staff;

/// <summary>Words for accounts: roles, ways in, and what happened with them.</summary>
internal static class StaffWording
{
    public static string Role(string role) => role switch
    {
        StaffRoles.Intake => "Intake",
        StaffRoles.Lead => "Lead",
        StaffRoles.Editor => "Editor",
        StaffRoles.Reviewer => "Reviewer",
        StaffRoles.Admin => "Administrator",
        StaffRoles.Auditor => "Auditor",
        _ => role,
    };

    public static string RoleHint(string role) => role switch
    {
        StaffRoles.Intake => "Calls the people who asked, and sees their requests.",
        StaffRoles.Lead => "As intake; also sets desk hours and opens closed requests again.",
        StaffRoles.Editor => "Writes pages. Sees no request.",
        StaffRoles.Reviewer => "Reviews pages before they are published. Sees no request.",
        StaffRoles.Admin => "Gives and takes accounts. Sees no request, but the audit.",
        StaffRoles.Auditor => "Reads the audit. Changes nothing.",
        _ => "",
    };

    /// <summary>As it stands in the audit.</summary>
    public static string Way(SignInWay way) => way switch
    {
        SignInWay.Authenticator => "password and code",
        SignInWay.RecoveryCode => "password and recovery code",
        SignInWay.Passkey => "passkey",
        _ => "password",
    };

    public static string SignIn(AuditEntry entry) => entry.Action == AuditAction.SignedIn
        ? entry.Detail.Length > 0 ? $"Signed in with {entry.Detail}" : "Signed in"
        : entry.Detail.Length > 0 ? $"Refused: wrong or locked ({entry.Detail})" : "Refused";
}
