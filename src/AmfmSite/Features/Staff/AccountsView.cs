namespace AmfmSite.Features.Staff;

/// <summary>All accounts, and the form that invites another.</summary>
public sealed record AccountsView(IReadOnlyList<AccountRow> Rows, InviteForm Form, DateTimeOffset Now);
