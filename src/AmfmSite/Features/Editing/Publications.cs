using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>Puts a revision before visitors or takes a record off the site, by hand or at a time: what must hold is the same.</summary>
public sealed class Publications(AmfmDbContext db, ContentProofs proofs, Publishing publishing)
{
    /// <param name="within">Runs in the transaction; what it throws undoes everything.</param>
    /// <exception cref="ContentNotApprovedException">It needs a second person who has approved exactly this revision.</exception>
    /// <exception cref="ContentFaultException">The content that would result has faults.</exception>
    /// <exception cref="ContentMovedException">Something as new is live already, or somebody was faster.</exception>
    public async Task PublishAsync(ContentItem item, int number, ContentPerson by, CancellationToken cancellation, Func<DateTime, Task>? within = null)
    {
        var source = await db.SourceAsync(item, number, cancellation) ?? throw new ContentMovedException(item.LastNumber);
        var needed = await CheckAsync(item, number, source, cancellation);
        await publishing.RunAsync(item.Kind, item.Key, EditedItems.FileOf(item, source), async (row, now) =>
        {
            if (within is not null) await within(now);

            // Whoever returned it in the last moment is heard.
            if (needed && !await IsApprovedAsync(row, number, cancellation)) throw new ContentMovedException(row.LastNumber);
            row.PublishRevision(number, source, by, now);
            Trace(row, AuditAction.ContentPublished, number, by, now);
        }, cancellation, also: (row, now) => Trace(row, AuditAction.ContentPublished, row.LastNumber, by, now));
    }

    /// <summary>Whether it could be published now, as far as that can be said beforehand; the exceptions are those of <see cref="PublishAsync"/>.</summary>
    public async Task CheckAsync(ContentItem item, int number, CancellationToken cancellation)
    {
        if (number <= item.LiveNumber || await db.SourceAsync(item, number, cancellation) is not { } source) throw new ContentMovedException(item.LastNumber);
        await CheckAsync(item, number, source, cancellation);
    }

    /// <exception cref="ContentFaultException">Something leads to it.</exception>
    /// <exception cref="ContentMovedException">Another revision is live, or none.</exception>
    public Task UnpublishAsync(ContentItem item, int number, ContentPerson by, string reason, CancellationToken cancellation, Func<DateTime, Task>? within = null) =>
        publishing.RunAsync(item.Kind, item.Key, file: null, async (row, now) =>
        {
            if (within is not null) await within(now);
            row.Unpublish(number, by, reason, now);
            Trace(row, AuditAction.ContentUnpublished, number, by, now);
        }, cancellation);

    public async Task<bool> NeedsReviewAsync(ContentItem item, int number, CancellationToken cancellation) =>
        ReviewRules.Needed(item.Kind, await db.SourceAsync(item, item.LiveNumber, cancellation), await db.SourceAsync(item, number, cancellation));

    /// <returns>Whether it needs a review, and then has one.</returns>
    private async Task<bool> CheckAsync(ContentItem item, int number, string source, CancellationToken cancellation)
    {
        var needed = await NeedsReviewAsync(item, number, cancellation);
        if (needed && !await IsApprovedAsync(item, number, cancellation)) throw new ContentNotApprovedException();

        // The compiler of drafts meets texts that the other would stumble over.
        if (await proofs.OfAsync(EditedItems.FileOf(item, source), cancellation) is { Faults: { Count: > 0 } faults }) throw new ContentFaultException(faults);
        return needed;
    }

    private async Task<bool> IsApprovedAsync(ContentItem row, int number, CancellationToken cancellation) => await db.Set<ContentEvent>()
        .Where(happened => happened.ItemId == row.Id && happened.Number == number && (happened.Kind == ContentEventKind.Approved || happened.Kind == ContentEventKind.Returned))
        .OrderByDescending(happened => happened.Id).Select(happened => (ContentEventKind?)happened.Kind).FirstOrDefaultAsync(cancellation) == ContentEventKind.Approved;

    private void Trace(ContentItem row, AuditAction action, int number, ContentPerson by, DateTime now) => db.AuditEntries.Add(EditedItems.Trace(row, action, number, by, now));
}

/// <summary>Nobody has approved exactly this revision.</summary>
public sealed class ContentNotApprovedException() : Exception("A second person approves exactly this revision first; an approval of another one does not count for it.");
