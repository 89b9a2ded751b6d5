using System.Globalization;
using System.Text;
using AmfmSite.Features.Content;
using AmfmSite.Mail;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Editing;

/// <summary>What the mails to the editorial desk say: names of pages, dates, and where to go on. No draft, and nobody's name.</summary>
public sealed class EditingMail(AmfmDbContext db, SiteAddress address, PublishedContent published, IOptions<EditingOptions> options, TimeProvider clock) : IMailWriter
{
    private const int MostNames = 30;

    public IReadOnlySet<OutboxKind> Kinds { get; } = new HashSet<OutboxKind> { OutboxKind.ReviewsDue, OutboxKind.ScheduleFailed };

    /// <returns>Null also when nobody is to be told any more.</returns>
    public async Task<OutgoingMail?> ComposeAsync(OutboxMessage message, CancellationToken cancellation)
    {
        if (options.Value.RemindersTo.Length == 0) return null;
        var (subject, body) = message.Kind == OutboxKind.ReviewsDue ? ReviewsDue() : await ScheduleFailedAsync(message, cancellation);
        return subject.Length == 0 ? null : new(message.MessageId, options.Value.RemindersTo, subject, $"{body}\nThis mail comes from the website of {published.Current.Provider.Brand}.\n");
    }

    private (string Subject, StringBuilder Body) ReviewsDue()
    {
        var due = DueView.Of(published.Current, options.Value.OverdueGraceDays, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var body = new StringBuilder();
        if (!due.HasWork) return ("", body);
        Append("Overdue; pages say so to everybody who reads them:", due.Overdue, review => $"{Name(review)}, since {Day(review.On!.Value)}");
        Append("Due this month:", due.ThisMonth, review => $"{Name(review)}, on {Day(review.On!.Value)}");
        Append("Never reviewed:", due.Never, Name);
        body.Append($"All of them, month by month:\n{address.BaseUrl}{DueReviewsController.Path}\n");
        var count = due.Overdue.Count + due.ThisMonth.Count;
        return (count switch
        {
            0 => "Some pages wait for their first review",
            1 => "1 review is due",
            _ => $"{count} reviews are due",
        }, body);

        void Append(string title, IReadOnlyList<DueReview> reviews, Func<DueReview, string> line)
        {
            if (reviews.Count == 0) return;
            body.Append($"{title}\n");
            foreach (var review in reviews.Take(MostNames)) body.Append($"- {line(review)}\n");
            if (reviews.Count > MostNames) body.Append($"- and {reviews.Count - MostNames} more\n");
            body.Append('\n');
        }
    }

    /// <summary>Those that failed in the transaction that stored the message, which has their time, and that nobody has read of.</summary>
    private async Task<(string Subject, StringBuilder Body)> ScheduleFailedAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var failed = await db.ScheduledChanges.AsNoTracking()
            .Where(change => change.State == ScheduledState.Failed && change.EndedAt == message.CreatedAt && !change.IsSeen)
            .Join(db.ContentItems, change => change.ItemId, item => item.Id, (change, item) => new { change.Deed, change.DueAt, item.Kind, item.Key })
            .ToListAsync(cancellation);
        var body = new StringBuilder();
        if (failed.Count == 0) return ("", body);
        body.Append("What was scheduled could not be done, and visitors see what they saw before. The editorial desk says why.\n\n");
        foreach (var change in failed)
            body.Append($"{(change.Deed == ScheduledDeed.Publish ? "To be published" : "To be taken down")}: {change.Kind} {change.Key}, {ScheduleTime.Say(change.DueAt, published.Current.Desk.Hours.Zone)}\n{address.BaseUrl}/editing/{change.Kind}/{change.Key}\n");
        return ("A scheduled change could not be made", body);
    }

    private static string Name(DueReview review) => review.IsCrisisLine ? $"{review.Name} (crisis line)" : review.Name;

    private static string Day(DateOnly day) => day.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture);
}
