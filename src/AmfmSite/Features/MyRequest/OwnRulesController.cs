using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.MyRequest;

/// <summary>Rules for contact, made stricter by whoever set them. Never looser, whatever is posted: somebody else might hold the code.</summary>
[IgnoreAntiforgeryToken]
[NoStore]
public sealed class OwnRulesController(OwnWork work, Vault vault) : Controller
{
    [HttpPost(SitePaths.MyRequest + "/{token}/rules")]
    public Task<IActionResult> Tighten(string token, [FromForm] OwnRulesForm? form, CancellationToken cancellation) =>
        form is null ? Task.FromResult<IActionResult>(StatusCode(StatusCodes.Status413PayloadTooLarge)) : work.RunAsync(this, token, AuditAction.OwnRulesTightened, OwnWork.Rules, (request, _) =>
        {
            var current = request.OpenSafeContact(vault) ?? new();
            var wanted = new SafeContact(
                Answer.Choice(form.Voicemail, VoicemailRule.No), form.SayWho == "yes", form.Text == "yes", form.EmailSafe == "yes",
                form.Others == "yes" ? current.OthersMayAnswer : "");
            if (wanted == current && !request.IsClosed) return Task.FromResult<string?>(null);
            request.TightenRules(wanted, vault);
            return Task.FromResult<string?>(string.Join(", ", Changed(current, wanted)));
        }, cancellation);

    /// <summary>Which rules, and not what they are: those are sealed.</summary>
    private static IEnumerable<string> Changed(SafeContact before, SafeContact now)
    {
        if (before.Voicemail != now.Voicemail) yield return "voicemail";
        if (before.SayWho != now.SayWho) yield return "who calls";
        if (before.Text != now.Text) yield return "text";
        if (before.EmailSafe != now.EmailSafe) yield return "mailbox";
        if (before.OthersMayAnswer != now.OthersMayAnswer) yield return "who may answer";
    }
}
