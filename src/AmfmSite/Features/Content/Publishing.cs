using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Content;

/// <summary>
/// Publishes one text that was written here, or takes one down, with a new content version, in one transaction. The content
/// as a whole is compiled before, without holding anybody up; when the version has moved meanwhile, it is compiled again.
/// </summary>
public sealed class Publishing(AmfmDbContext db, PublicPromises promises, TimeProvider clock)
{
    /// <param name="change">Calls <see cref="ContentItem.Publish"/>, and adds what is stored beside it.</param>
    /// <exception cref="ContentFaultException">The content that would result has faults.</exception>
    /// <exception cref="ContentMovedException">Somebody else was faster; nothing was stored.</exception>
    public Task RunAsync(SourceFile file, Action<ContentItem, DateTime> change, CancellationToken cancellation) => RunAsync(file.Kind, file.Key, file, (item, now) =>
    {
        change(item, now);
        return Task.CompletedTask;
    }, cancellation);

    /// <param name="file">The text that is to be seen; null when it is taken down.</param>
    /// <param name="change">Runs in the transaction, so what it reads there still holds when it is stored.</param>
    /// <param name="also">Told the redirects, when a page that changes its address published them too, in the same transaction.</param>
    /// <exception cref="ContentFaultException">The content that would result has faults.</exception>
    /// <exception cref="ContentMovedException">Somebody else was faster; nothing was stored.</exception>
    public async Task RunAsync(string kind, string key, SourceFile? file, Func<ContentItem, DateTime, Task> change, CancellationToken cancellation, Action<ContentItem, DateTime>? also = null)
    {
        long version;
        PageMove? move;
        do
        {
            version = await db.ContentVersions.Select(row => row.Number).SingleAsync(cancellation);
            var before = await PublishedContent.LiveAsync(db, cancellation);
            move = file is null ? null : RedirectList.After(before, file);
            List<SourceFile> live = file is null ? [.. before.Where(other => (other.Kind, other.Key) != (kind, key)).OrderBy(other => other.Path, StringComparer.Ordinal)] : RedirectList.With(before, file);
            ContentCompiler.Compile(live, promises, version + 1, fault => fault.File != file?.Path, await PictureFile.SizesAsync(db, cancellation));
        }
        while (!await StoreAsync());

        Task<bool> StoreAsync() => db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

            // First, so that whoever publishes at the same time waits here and then finds the version moved.
            if (await db.ContentVersions.Where(row => row.Number == version).ExecuteUpdateAsync(row => row.SetProperty(content => content.Number, content => content.Number + 1), cancellation) == 0) return false;
            var item = await db.ContentItems.SingleAsync(item => item.Kind == kind && item.Key == key, cancellation);
            var now = clock.GetUtcNow().UtcDateTime;
            await change(item, now);
            if (move is not null) await FollowAsync(move, item.Events.Select(happened => new ContentPerson(happened.StaffId, happened.StaffName)).Last(), now);
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException) when (move is not null)
            {
                // Somebody saved a draft of the redirects in this moment, under the number they were to have.
                throw new ContentMovedException(item.LastNumber);
            }

            await transaction.CommitAsync(cancellation);
            return true;
        });

        // Who publishes the page publishes the redirects. A draft of them that waits takes the change over and stays the newest.
        async Task FollowAsync(PageMove moved, ContentPerson by, DateTime now)
        {
            var redirects = await db.ContentItems.SingleOrDefaultAsync(item => item.Kind == ContentKinds.Redirects, cancellation);
            if (redirects is null) db.ContentItems.Add(redirects = new ContentItem(ContentKinds.Redirects, RedirectList.Key));
            var (live, newest, id) = (redirects.LiveNumber, redirects.LastNumber, redirects.Id);
            var texts = await db.Set<ContentRevision>().Where(revision => revision.ItemId == id && (revision.Number == live || revision.Number == newest)).ToDictionaryAsync(revision => revision.Number, revision => revision.Source, cancellation);
            var draft = redirects.HasDraft ? texts.GetValueOrDefault(newest) : null;
            var text = moved.Change(live is { } number ? texts[number] : "");
            redirects.Save(text, newest, by, Reason(moved.Reason), now);
            redirects.PublishRevision(redirects.LastNumber, text, by, now);
            also?.Invoke(redirects, now);
            if (draft is not null) redirects.Save(moved.Change(draft), redirects.LastNumber, by, Reason($"The draft of revision {newest} again: {moved.Reason}"), now);
        }

        static string Reason(string text) => text.Length <= ContentRevision.ReasonLength ? text : text[..ContentRevision.ReasonLength];
    }
}
