using AmfmSite.Web.Forms;

namespace AmfmSite.Features.Intake;

/// <summary>Who saw one request.</summary>
/// <param name="Asked">What was asked for, as typed.</param>
/// <param name="Reference">While the request is stored.</param>
/// <param name="Id">Null while nothing, or nothing that is known, was asked for.</param>
/// <param name="Exports">Exports of the days that it was received in.</param>
/// <param name="Cut">There are more entries than are shown.</param>
public sealed record AuditRequestView(
    string Asked, Guid? Id, string? Reference, IReadOnlyList<AuditSum> People, IReadOnlyList<AuditRow> Exports, IReadOnlyList<AuditRow> Rows, bool Cut, DateTime Now);

/// <summary>What one account saw and did.</summary>
/// <param name="Requests">One line for each request, those it revealed first.</param>
/// <param name="Deeds">What else it did, and how often.</param>
public sealed record AuditAccountView(
    Guid? Account, string Name, AuditDays Days, IReadOnlyList<FieldChoice> Accounts, IReadOnlyList<AuditSum> Requests, IReadOnlyList<(string What, int Times)> Deeds, IReadOnlyList<AuditRow> Rows, bool Cut, DateTime Now);

/// <summary>How often somebody opened a request and had its contact details shown.</summary>
/// <param name="Name">Of the account, or the reference of the request.</param>
/// <param name="Others">Everything else that was done.</param>
public sealed record AuditSum(string Name, Guid? RequestId, int Opened, int Revealed, int Others, DateTime First, DateTime Last);
