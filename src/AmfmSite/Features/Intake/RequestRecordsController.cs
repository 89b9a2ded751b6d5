using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>The small records beside a request: the benefit check, and whether another request is the same person.</summary>
[Authorize(StaffPolicies.Desk)]
[NoStore]
public sealed class RequestRecordsController(AmfmDbContext db, RequestWork work, Vault vault) : Controller
{
    [HttpPost("/intake/requests/{id:guid}/benefit-check")]
    public Task<IActionResult> WriteBenefitCheck(Guid id, [FromForm] RequestForm form, CancellationToken cancellation) =>
        work.RunAsync(this, id, form, AuditAction.BenefitWritten, async (request, now) =>
        {
            var status = Enum.TryParse<BenefitStatus>(form.BenefitStatus, out var chosen) && Enum.IsDefined(chosen) ? chosen : throw new RequestFormException("Choose how far the check has come.");
            var (insurer, answer) = (Answer.Line(form.Insurer), Answer.Lines(form.Answer));
            request.WriteBeside(User.StaffId(), now);
            if (insurer.Length > BenefitCheck.InsurerLength) throw new RequestFormException($"Write the insurer in at most {BenefitCheck.InsurerLength} characters.");
            if (answer.Length > BenefitCheck.AnswerLength) throw new RequestFormException($"Write what the insurer said in at most {BenefitCheck.AnswerLength} characters.");
            var check = await db.BenefitChecks.SingleOrDefaultAsync(check => check.RequestId == id, cancellation);
            if (check is null) db.BenefitChecks.Add(check = new BenefitCheck(id));
            check.Write(status, insurer, answer, User.StaffId(), vault, now);
            request.Open(User.StaffId(), now);
            return status.ToString();
        }, "benefit", cancellation);

    [HttpPost("/intake/requests/{id:guid}/duplicates")]
    public Task<IActionResult> JudgeDuplicate(Guid id, [FromForm] RequestForm form, CancellationToken cancellation) =>
        work.RunAsync(this, id, form, AuditAction.DuplicateJudged, async (request, now) =>
        {
            var other = await db.CallbackRequests.AsNoTracking().SingleOrDefaultAsync(other => other.Id == form.OtherId, cancellation);
            if (other is null || other.Id == id || form.Verdict is not ("same" or "other")) throw new RequestFormException("Choose the other request, and whether it is the same person.");
            var (isSame, staffId) = (form.Verdict == "same", User.StaffId());
            var (first, second) = DuplicateVerdict.Pair(id, other.Id);
            if (await db.DuplicateVerdicts.FindAsync([first, second], cancellation) is { } verdict) verdict.Judge(isSame, staffId, now);
            else db.DuplicateVerdicts.Add(new DuplicateVerdict(first, second, isSame, staffId, now));
            request.WriteBeside(staffId, now);
            request.Open(staffId, now);
            return $"{form.Verdict} as {other.Reference}";
        }, "duplicates", cancellation);
}
