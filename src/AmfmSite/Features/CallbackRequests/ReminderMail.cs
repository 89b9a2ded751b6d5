using System.Text;
using AmfmSite.Features.Content;
using AmfmSite.Mail;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// What reminders and escalations say: references, since when, how many in all, and a link; whatever the settings say,
/// nothing personal. Written when it is sent, so that it holds only what still waits.
/// </summary>
public sealed class ReminderMail(
    AmfmDbContext db, SiteAddress address, PublishedContent published, IOptions<MailOptions> mail, IOptions<IntakeOptions> intake)
{
    private const int MostReferences = 20;

    /// <returns>Null when all it would remind of is opened or closed by now.</returns>
    public async Task<OutgoingMail?> ComposeAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var isQuarantine = message.Kind is OutboxKind.QuarantineReminder or OutboxKind.QuarantineEscalation;
        var isEscalation = message.Kind is OutboxKind.Escalation or OutboxKind.QuarantineEscalation;
        var stamp = message.CreatedAt;
        var stamped = Unopened.Requests(db, isQuarantine).AsNoTracking()
            .Where(request => isEscalation ? request.EscalatedAt == stamp : request.RemindedAt == stamp);
        var count = await stamped.CountAsync(cancellation);
        if (count == 0) return null;

        var waiting = await Unopened.Requests(db, quarantine: false).CountAsync(cancellation);
        var inQuarantine = await Unopened.Requests(db, quarantine: true).CountAsync(cancellation);
        var shown = await stamped.OrderBy(request => request.ReceivedAt).Take(MostReferences)
            .Select(request => new Line(request.Id, request.Reference, request.ReceivedAt)).ToListAsync(cancellation);

        var body = new StringBuilder();
        if (isQuarantine) AppendQuarantine(body, inQuarantine, shown[0].ReceivedAt);
        else AppendRequests(body, shown, count);
        body.Append($"\nUnopened in all: {Requests(waiting)}, and {inQuarantine} in quarantine.\n");
        if (isEscalation) body.Append($"\nThe time set for this is {intake.Value.EscalationMinutes} minutes, and it is over. This mail comes again after as many more, until somebody opens {(count == 1 ? "it" : "them")}.\n");
        body.Append($"\nThis mail comes from the website of {published.Current.Provider.Brand}. Please do not forward it.\n");
        return new(
            message.MessageId,
            isEscalation ? mail.Value.EscalationTo : mail.Value.AdmissionsTo,
            isQuarantine ? QuarantineSubject(isEscalation, inQuarantine) : Subject(isEscalation, count, shown[0]),
            body.ToString());
    }

    private void AppendRequests(StringBuilder body, List<Line> shown, int count)
    {
        if (count == 1)
        {
            var one = shown[0];
            body.Append("Somebody has asked for a call, and nobody has opened the request yet.\n\n")
                .Append($"Reference:    {Reference.Show(one.Reference)}\n")
                .Append($"Waits since:  {one.ReceivedAt:yyyy-MM-dd HH:mm} UTC\n\n")
                .Append($"Open it at the desk:\n{address.BaseUrl}/intake/requests/{one.Id}\n");
            return;
        }

        body.Append($"{count} people have asked for a call, and nobody has opened their requests yet.\n\n");
        foreach (var line in shown) body.Append($"{Reference.Show(line.Reference)}  waits since {line.ReceivedAt:yyyy-MM-dd HH:mm} UTC\n");
        if (count > shown.Count) body.Append($"and {count - shown.Count} more\n");
        body.Append($"\nOpen them at the desk:\n{address.BaseUrl}/intake\n");
    }

    private void AppendQuarantine(StringBuilder body, int inQuarantine, DateTime oldest) => body
        .Append($"Nobody has looked at {(inQuarantine == 1 ? "a request that looks" : $"{inQuarantine} requests that look")} like sent by a machine. Only a person can tell.\n\n")
        .Append($"Waits since:  {oldest:yyyy-MM-dd HH:mm} UTC\n\n")
        .Append($"Open the quarantine:\n{address.BaseUrl}/intake?show=quarantine\n");

    private static string Subject(bool isEscalation, int count, Line first) => (isEscalation, count) switch
    {
        (false, 1) => $"Reminder: callback request {Reference.Show(first.Reference)} is not opened yet",
        (false, _) => $"Reminder: {count} callback requests are not opened yet",
        (true, 1) => $"Escalation: nobody has opened callback request {Reference.Show(first.Reference)}",
        (true, _) => $"Escalation: nobody has opened {count} callback requests",
    };

    private static string QuarantineSubject(bool isEscalation, int count) =>
        $"{(isEscalation ? "Escalation" : "Reminder")}: {Requests(count)} {(count == 1 ? "waits" : "wait")} in quarantine unopened";

    private static string Requests(int count) => count == 1 ? "1 request" : $"{count} requests";

    private sealed record Line(Guid Id, string Reference, DateTime ReceivedAt);
}
