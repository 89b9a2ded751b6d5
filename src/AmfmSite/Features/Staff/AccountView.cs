namespace AmfmSite.Features.Staff;

/// <summary>One's own account.</summary>
/// <param name="Roles">In words.</param>
/// <param name="RecoveryCodes">How many are left.</param>
/// <param name="Sessions">Where one is signed in, here included.</param>
/// <param name="SignIns">The last ones, refused ones too, newest first.</param>
public sealed record AccountView(
    string Name, IReadOnlyList<string> Roles, IReadOnlyList<PasskeyRow> Passkeys, bool HasPassword, bool HasAuthenticator, int RecoveryCodes, int Sessions, IReadOnlyList<AuditEntry> SignIns);

/// <param name="Id">Of the credential, hexadecimal.</param>
/// <param name="AddedAt">UTC.</param>
public sealed record PasskeyRow(string Id, string Name, DateTime AddedAt);
