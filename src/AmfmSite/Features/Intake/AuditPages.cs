using System.Data.Common;
using System.Text.RegularExpressions;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web.Forms;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>What the pages of the audit share: entries in words, and the list of accounts.</summary>
internal static partial class AuditPages
{
    /// <summary>Words for entries, in their order; accounts and requests by the names they have now.</summary>
    public static async Task<List<AuditRow>> RowsAsync(AmfmDbContext db, IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellation)
    {
        var names = await StaffNames.OfAsync(db, entries.Select(entry => entry.StaffId).Concat(entries.SelectMany(entry => Named().Matches(entry.Detail)).Select(match => (Guid?)Guid.Parse(match.Value))), cancellation);
        var ids = entries.Select(entry => entry.RequestId).OfType<Guid>().Distinct().ToList();
        var references = await db.CallbackRequests.Where(request => ids.Contains(request.Id)).ToDictionaryAsync(request => request.Id, request => request.Reference, cancellation);
        return
        [
            .. entries.Select(entry => new AuditRow(
                entry.At, Who(entry, names), What(entry.Action), entry.RequestId,
                entry.RequestId is { } id && references.TryGetValue(id, out var reference) ? Reference.Show(reference) : null, Detail(entry, names), entry.Sequence)),
        ];
    }

    public static async Task<IReadOnlyList<FieldChoice>> AccountsAsync(AmfmDbContext db, string first, CancellationToken cancellation) =>
    [
        new("", first),
        .. (await db.Users.OrderBy(user => user.UserName).Select(user => new { user.Id, user.UserName }).ToListAsync(cancellation)).Select(user => new FieldChoice(user.Id.ToString(), user.UserName ?? "")),
    ];

    /// <summary>"Number revealed". Made from the name, so that a new action needs no list.</summary>
    public static string What(AuditAction action) => string.Concat(action.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : $"{c}"));

    /// <summary>An entry holds a word, time or id that cannot be read: somebody edited it, or a newer version of the site wrote it.</summary>
    public static bool IsUnreadable(Exception fault) => fault is FormatException or InvalidCastException or InvalidOperationException { InnerException: not DbException };

    /// <summary>Ids of accounts by their names; what was sealed holds the ids.</summary>
    private static string Detail(AuditEntry entry, Dictionary<Guid, string> names) => Named().Replace(entry.Detail, match => names.GetValueOrDefault(Guid.Parse(match.Value), match.Value));

    private static string Who(AuditEntry entry, Dictionary<Guid, string> names) => entry switch
    {
        { StaffId: { } id } => names.GetValueOrDefault(id, "A former account"),
        { Action: AuditAction.RequestReceived or AuditAction.OwnWindowChosen or AuditAction.OwnRulesTightened or AuditAction.WithdrawnOnline } => "A visitor",
        { Action: AuditAction.SignInRefused } => "Unknown",
        _ => "The site",
    };

    [GeneratedRegex(@"(?<=\baccount )[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")]
    private static partial Regex Named();
}
