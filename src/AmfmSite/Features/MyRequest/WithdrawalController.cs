using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.MyRequest;

/// <summary>Somebody takes their request back: asked once more, then everything personal about it is deleted at once.</summary>
[IgnoreAntiforgeryToken]
[NoStore]
public sealed class WithdrawalController(
    AmfmDbContext db, OwnWork work, MyRequestPage page, MyRequestToken tokens, Vault vault, DeletionLog deletions, PublishedContent published, TimeProvider clock, ILogger<WithdrawalController> log) : Controller
{
    [HttpGet(SitePaths.MyRequest + "/{token}/withdraw")]
    public async Task<IActionResult> Ask(string token, CancellationToken cancellation) =>
        await page.ReadAsync(token, cancellation) is { } view ? View("Withdraw", view) : page.Gone(this);

    [HttpPost(SitePaths.MyRequest + "/{token}/withdraw")]
    public async Task<IActionResult> Withdraw(string token, CancellationToken cancellation)
    {
        var answer = await work.RunAsync(this, token, AuditAction.WithdrawnOnline, OwnWork.Withdrawal, async (request, now) =>
        {
            var id = request.Id;
            request.Withdraw(vault, now);
            db.RequestNotes.RemoveRange(await db.RequestNotes.Where(note => note.RequestId == id).ToListAsync(cancellation));
            db.BenefitChecks.RemoveRange(await db.BenefitChecks.Where(check => check.RequestId == id).ToListAsync(cancellation));
            db.DuplicateVerdicts.RemoveRange(await db.DuplicateVerdicts.Where(verdict => verdict.FirstId == id || verdict.SecondId == id).ToListAsync(cancellation));
            return "";
        }, cancellation);
        if (Response.StatusCode == StatusCodes.Status303SeeOther && tokens.Read(token) is { } gone) await ForgetAsync(gone);
        return answer;
    }

    /// <summary>The page after it; its address holds nothing of the request.</summary>
    [HttpGet(SitePaths.MyRequest + "/withdrawn/{token}")]
    public IActionResult Withdrawn(string token) => tokens.IsWithdrawn(token) ? View("Withdrawn", published.Current) : page.Gone(this);

    /// <summary>It is withdrawn already. What cannot be noted for backups, or is kept in the engine's own files by a reader, is left to the next run of retention.</summary>
    private async Task ForgetAsync(Guid id)
    {
        try
        {
            if (!await db.ForgetDeletedAsync(CancellationToken.None)) log.LogInformation("Somebody was reading; the next run of retention clears what a withdrawal left beside the database");
            deletions.Append(clock.GetUtcNow().UtcDateTime, id);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError("What a withdrawal left beside the database could not be cleared, or noted for backups, yet: {Fault}", fault.GetType().Name);
        }
    }
}
