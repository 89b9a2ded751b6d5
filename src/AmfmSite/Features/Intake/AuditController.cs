using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using AmfmSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>The audit, newest first. Whoever reads it is not of the desk: it holds no link to a request, and looking leaves an entry too.</summary>
[Authorize(StaffPolicies.Auditor)]
[NoStore]
public sealed class AuditController(AmfmDbContext db, AuditHeads heads, TimeProvider clock) : Controller
{
    public const string Path = "/intake/audit";
    private const int RowsAPage = 100;

    [HttpGet(Path)]
    public async Task<IActionResult> Show([FromQuery] AuditFilter filter, CancellationToken cancellation)
    {
        var days = AuditDays.Read(filter.From, filter.To, ModelState);
        var entries = new List<AuditEntry>();
        var unreadable = false;
        try
        {
            entries = await Filtered(filter, days).OrderByDescending(entry => entry.Id).Take(RowsAPage + 1).ToListAsync(cancellation);
        }
        catch (Exception fault) when (AuditPages.IsUnreadable(fault))
        {
            unreadable = true;
        }

        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, AuditAction.AuditRead, User.StaffId(), requestId: null, Said(filter, days)));
        await db.SaveChangesAsync(cancellation);
        var rows = await AuditPages.RowsAsync(db, [.. entries.Take(RowsAPage)], cancellation);
        return View("Audit", new AuditView(
            await StateAsync(cancellation), filter, rows,
            entries.Count > RowsAPage ? Address(filter, entries[RowsAPage - 1].Id) : null,
            filter.Before is null ? null : Address(filter, before: null),
            await AuditPages.AccountsAsync(db, "Everybody", cancellation),
            [new("", "Everything"), .. Enum.GetValues<AuditAction>().Select(action => new FieldChoice($"{action}", AuditPages.What(action))).OrderBy(choice => choice.Text, StringComparer.Ordinal)],
            unreadable));
    }

    private IQueryable<AuditEntry> Filtered(AuditFilter filter, AuditDays days)
    {
        var entries = db.AuditEntries.AsNoTracking();
        if (filter.Account is { } account) entries = entries.Where(entry => entry.StaffId == account);
        if (Action(filter) is { } action) entries = entries.Where(entry => entry.Action == action);
        var (start, end) = (days.Start, days.End);
        if (days.From is not null) entries = entries.Where(entry => entry.At >= start);
        if (days.To is not null) entries = entries.Where(entry => entry.At < end);
        return filter.Before is { } before ? entries.Where(entry => entry.Id < before) : entries;
    }

    private async Task<AuditState> StateAsync(CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime - AuditHead.LongestWait;
        return new(
            await AuditHead.OfAsync(db, cancellation),
            await db.AuditEntries.CountAsync(entry => entry.Sequence == null && entry.At < since, cancellation),
            heads.Read().LastOrDefault(note => !note.TellsOfSealing));
    }

    private static string Said(AuditFilter filter, AuditDays days) => string.Join(", ", new[]
    {
        "list", filter.Account is { } account ? $"account {account}" : "", Action(filter)?.ToString() ?? "", days.ToString(), filter.Before is null ? "" : "older",
    }.Where(part => part.Length > 0));

    private static AuditAction? Action(AuditFilter filter) => Enum.TryParse<AuditAction>(filter.What, out var action) && Enum.IsDefined(action) ? action : null;

    private static string Address(AuditFilter filter, long? before) => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>
    {
        ["account"] = filter.Account?.ToString(),
        ["what"] = filter.What,
        ["from"] = filter.From,
        ["to"] = filter.To,
        ["before"] = before?.ToString(),
    }.Where(part => !string.IsNullOrEmpty(part.Value)));
}
