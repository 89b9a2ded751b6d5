using AmfmSite.Features.Content;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Features.Editing;

/// <summary>Once in a month (UTC) a mail about the reviews that are due, by whichever instance is first; none in a month in which nothing is.</summary>
internal sealed class ReviewReminderTimer(
    IServiceScopeFactory scopes, PublishedContent published, SiteAddress address, OutboxSignal outbox, IOptions<EditingOptions> options, TimeProvider clock, ILogger<ReviewReminderTimer> log)
    : RecurringWork(clock, TimeSpan.FromMinutes(10), "It could not be seen whether reviews are due", log)
{

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        if (options.Value.RemindersTo.Length == 0) return;
        var now = Clock.GetUtcNow().UtcDateTime;
        if (!DueView.Of(published.Current, options.Value.OverdueGraceDays, DateOnly.FromDateTime(now)).HasWork) return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmfmDbContext>();
        var message = OutboxMessage.Once(FormattableString.Invariant($"reviews due {now:yyyy-MM}"), OutboxKind.ReviewsDue, now, address.Host);
        if (await db.OutboxMessages.AnyAsync(known => known.Id == message.Id, cancellation)) return;
        db.OutboxMessages.Add(message);
        await db.SaveChangesAsync(cancellation);
        outbox.Wake();
        log.LogInformation("Reviews are due: a reminder is written");
    }
}
