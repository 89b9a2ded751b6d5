using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Intake;

/// <summary>
/// The table, written as it is read. A request that is deleted meanwhile is missing, so the audit may name more rows than
/// left, never fewer. When reading fails the connection breaks off: a half table must not look whole.
/// </summary>
internal sealed class ExportResult(AmfmDbContext db, Vault vault, IReadOnlyList<Guid> ids, ExportTrace trace) : IActionResult
{
    private const int AtOnce = 200;

    /// <summary>The mark tells spreadsheets that it is UTF-8. What could be a formula is <see cref="ExportText"/>'s business: CsvHelper knows the plain signs only.</summary>
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Quoting = CsvQuoting.Always, WriteByteOrderMark = true };

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, cancellation) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"requests-{AuditDays.Write(trace.From)}-to-{AuditDays.Write(trace.To)}.csv\"";
        await using var csv = CsvWriter.Create(response.Body, Options, leaveOpen: true);
        var rows = new ExportRows(db, vault, trace);
        await WriteAsync(csv, rows.Names, cancellation);
        foreach (var some in ids.Chunk(AtOnce))
        {
            foreach (var row in await rows.ReadAsync(some, cancellation)) await WriteAsync(csv, row, cancellation);
            await csv.FlushAsync(cancellation);
        }
    }

    private static ValueTask WriteAsync(CsvWriter csv, IEnumerable<string> cells, CancellationToken cancellation)
    {
        foreach (var cell in cells) csv.WriteField(ExportText.Harmless(cell));
        return csv.EndRecordAsync(cancellation);
    }
}
