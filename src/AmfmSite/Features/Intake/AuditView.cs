using AmfmSite.Features.Staff;
using AmfmSite.Web.Forms;

namespace AmfmSite.Features.Intake;

/// <summary>The newest entries that a filter lets through, and how the chain stands.</summary>
/// <param name="Older">The address of the entries before these; null when there are none.</param>
/// <param name="Newest">The address without the paging; null on the first page.</param>
/// <param name="Unreadable">An entry holds what the site cannot read, so none is shown.</param>
public sealed record AuditView(
    AuditState State, AuditFilter Filter, IReadOnlyList<AuditRow> Rows, string? Older, string? Newest,
    IReadOnlyList<FieldChoice> Accounts, IReadOnlyList<FieldChoice> Actions, bool Unreadable)
{
    public bool IsFiltered => Filter.Account is not null || !string.IsNullOrEmpty(Filter.What) || !string.IsNullOrEmpty(Filter.From) || !string.IsNullOrEmpty(Filter.To);
}

/// <summary>How the chain stands now.</summary>
/// <param name="Waiting">Entries that nobody has sealed for longer than it takes.</param>
/// <param name="Verified">The last <c>audit verify</c>, as it was noted beside the key.</param>
public sealed record AuditState(AuditHead Head, int Waiting, AuditNote? Verified);

/// <summary>One entry for people.</summary>
/// <param name="Reference">Of its request, while that is stored.</param>
/// <param name="Sequence">Null until it is sealed.</param>
public sealed record AuditRow(DateTime At, string Who, string What, Guid? RequestId, string? Reference, string Detail, long? Sequence);
