using System.Text;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Mail;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// What the mails to admissions say: reference, time and a link, and nothing personal. Only where
/// <c>Mail:IncludeContactDetails</c> says so does the body, and never a header, hold contact details.
/// </summary>
public sealed class RequestMail(AmfmDbContext db, Vault vault, SiteAddress address, PublishedContent published, IOptions<MailOptions> options, ReminderMail reminders) : IMailWriter
{
    public IReadOnlySet<OutboxKind> Kinds { get; } = new HashSet<OutboxKind>
    {
        OutboxKind.RequestReceived, OutboxKind.QuarantineNotice, OutboxKind.Reminder, OutboxKind.Escalation, OutboxKind.QuarantineReminder, OutboxKind.QuarantineEscalation,
    };

    public async Task<OutgoingMail?> ComposeAsync(OutboxMessage message, CancellationToken cancellation) => message.Kind switch
    {
        OutboxKind.RequestReceived => await db.CallbackRequests.AsNoTracking().SingleAsync(request => request.Id == message.RequestId, cancellation) is { IsWithdrawnOnline: false } request ? Received(message, request) : null,
        OutboxKind.QuarantineNotice => Quarantine(message, await db.CallbackRequests.CountAsync(request => request.Quarantine != null && request.Status != RequestState.Closed, cancellation)),
        _ => await reminders.ComposeAsync(message, cancellation),
    };

    private OutgoingMail Received(OutboxMessage message, CallbackRequest request)
    {
        var reference = Reference.Show(request.Reference);
        var body = new StringBuilder()
            .Append("Somebody has asked for a call.\n\n")
            .Append($"Reference: {reference}\n")
            .Append($"Received:  {request.ReceivedAt:yyyy-MM-dd HH:mm} UTC\n")
            .Append($"Call:      {CallWindow.InWords(published.Current.Desk, request.Day, request.Part, request.TimeZone, request.Promised, request.ReceivedAt.ToInstant()).Replace("your time", "their time", StringComparison.Ordinal)}\n\n")
            .Append($"Open it at the desk:\n{address.BaseUrl}/intake/requests/{request.Id}\n");
        if (options.Value.IncludeContactDetails) AppendContactDetails(body, request);
        body.Append($"\nThis mail comes from the website of {published.Current.Provider.Brand}. Please do not forward it.\n");
        return new(message.MessageId, options.Value.AdmissionsTo, $"Callback request {reference}", body.ToString());
    }

    private OutgoingMail Quarantine(OutboxMessage message, int count) => new(
        message.MessageId,
        options.Value.AdmissionsTo,
        count == 1 ? "1 request waits in quarantine" : $"{count} requests wait in quarantine",
        $"{(count == 1 ? "One request looks" : $"{count} requests look")} like sent by a machine. Only a person can tell: please look at them.\n\n{address.BaseUrl}/intake?show=quarantine\n");

    private void AppendContactDetails(StringBuilder body, CallbackRequest request)
    {
        var rules = request.OpenSafeContact(vault);
        body.Append("\nBefore you call\n");
        if (rules is null) body.Append("The contact rules cannot be read. Leave no voicemail, do not say who is calling, do not text.\n");
        else
        {
            body.Append($"Voicemail:           {rules.Voicemail switch { VoicemailRule.Yes => "yes", VoicemailRule.Neutral => "neutral only", _ => "no" }}\n")
                .Append($"Say who is calling:  {YesNo(rules.SayWho)}\n")
                .Append($"Text:                {YesNo(rules.Text)}\n")
                .Append($"Mailbox is private:  {YesNo(rules.EmailSafe)}\n");
            if (rules.OthersMayAnswer.Length > 0) body.Append($"May answer:          {rules.OthersMayAnswer}\n");
        }

        body.Append($"\nName:   {vault.Open(request.Name).ForDisplay}\n");
        if (request.Phone is not null) body.Append($"Phone:  {(vault.Open(request.Phone) is { HasText: true } phone ? UsPhone.Show(phone.TextOrNull!) : "Cannot be read")}\n");
        if (request.Email is not null) body.Append($"E-mail: {vault.Open(request.Email).ForDisplay}\n");
    }

    private static string YesNo(bool value) => value ? "yes" : "no";
}
