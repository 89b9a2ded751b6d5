namespace AmfmSite.Features.Staff;

/// <summary>One account, before an administrator.</summary>
/// <param name="IsOwn">It is the administrator's own.</param>
/// <param name="Problem">Why something was not done.</param>
public sealed record AccountChangesView(AccountRow Account, bool IsOwn, DateTimeOffset Now, string? Problem);
