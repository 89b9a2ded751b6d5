using AmfmSite.Features.Content.Pictures;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Content.Pack;

/// <summary>Brings the content pack into the database. What editors changed stays and is reported; a fault stores nothing.</summary>
public sealed class ContentImport(AmfmDbContext db, PublicPromises promises, TimeProvider clock)
{
    /// <param name="progress">Told what is done, line by line.</param>
    /// <exception cref="ContentFaultException">The content that would result has faults.</exception>
    public async Task<ContentImportReport> RunAsync(string directory, CancellationToken cancellation, Action<string>? progress = null)
    {
        var (pack, pictures) = Read(directory, progress);
        while (true)
        {
            var (report, version) = await CompareAsync(pack, pictures, progress, cancellation);
            if (report.Changes.All(change => change.What == PackChangeKind.Kept)) return report;
            if (await StoreAsync(report, pictures, version, cancellation))
            {
                progress?.Invoke($"stored; the content has the version {(report.ChangesNothing ? version : version + 1)}");
                return report;
            }

            progress?.Invoke("somebody published meanwhile; comparing anew");
        }
    }

    /// <summary>What <see cref="RunAsync"/> would do. Writes nothing, and needs no tables where there are none yet.</summary>
    /// <exception cref="ContentFaultException">The content that would result has faults.</exception>
    public async Task<ContentImportReport> TryAsync(string directory, CancellationToken cancellation, Action<string>? progress = null)
    {
        var (pack, pictures) = Read(directory, progress);
        return (await CompareAsync(pack, pictures, progress, cancellation)).Report;
    }

    private static (IReadOnlyList<SourceFile> Pack, IReadOnlyDictionary<string, CleanPicture> Pictures) Read(string directory, Action<string>? progress)
    {
        var pack = ContentPack.Read(directory);
        var pictures = PackPictures.Read(directory, pack);
        progress?.Invoke($"{pack.Count} records{(pictures.Count > 0 ? $" and {pictures.Count} uploaded pictures" : "")} read from {directory}");
        return (pack, pictures);
    }

    private async Task<(ContentImportReport Report, long Version)> CompareAsync(IReadOnlyList<SourceFile> pack, IReadOnlyDictionary<string, CleanPicture> pictures, Action<string>? progress, CancellationToken cancellation)
    {
        var isNew = !(await db.Database.GetAppliedMigrationsAsync(cancellation)).Any();

        // The version first: whatever is published while the rest is read is then found when storing.
        var version = isNew ? 0 : await db.ContentVersions.Select(row => row.Number).SingleOrDefaultAsync(cancellation);
        var items = isNew ? [] : await db.ContentItems.AsNoTracking().ToListAsync(cancellation);
        var live = isNew ? [] : (await PublishedContent.LiveAsync(db, cancellation)).ToDictionary(file => (file.Kind, file.Key));
        var stored = isNew ? [] : (await PictureFile.SizesAsync(db, cancellation)).ToDictionary(StringComparer.Ordinal);
        foreach (var picture in pictures.Values) stored[picture.Name] = new(picture.Width, picture.Height);
        var begun = isNew ? [] : (await db.ContentItems
            .Where(item => item.LiveNumber == null && item.Revisions.Any(revision => revision.Number == item.LastNumber && revision.AuthorId != null))
            .Select(item => item.Id).ToListAsync(cancellation)).ToHashSet();
        var report = new ContentImportReport([.. Changes(pack, items, live, begun).OrderBy(change => change.File.Path, StringComparer.Ordinal)]);
        progress?.Invoke($"compared: {report}");
        if (report.ChangesNothing) return (report, version);

        foreach (var change in report.Changes)
        {
            if (change.What is PackChangeKind.New or PackChangeKind.Changed) live[(change.File.Kind, change.File.Key)] = change.File;
            else if (change.What == PackChangeKind.Withdrawn) live.Remove((change.File.Kind, change.File.Key));
        }

        var changed = report.Changes.Where(change => change.What is PackChangeKind.New or PackChangeKind.Changed).Select(change => change.File.Path).ToHashSet();
        ContentCompiler.Compile([.. live.Values.OrderBy(file => file.Path, StringComparer.Ordinal)], promises, version + 1, fault => !changed.Contains(fault.File), stored);
        progress?.Invoke($"checked: {live.Count} records");
        return (report, version);
    }

    /// <param name="begun">Records that nobody sees yet and that somebody writes on here: the pack does not publish over their heads.</param>
    private static IEnumerable<PackChange> Changes(IReadOnlyList<SourceFile> pack, List<ContentItem> items, Dictionary<(string Kind, string Key), SourceFile> live, HashSet<int> begun)
    {
        var stored = items.ToDictionary(item => (item.Kind, item.Key));
        foreach (var file in pack)
        {
            var seen = live.GetValueOrDefault((file.Kind, file.Key))?.Text;
            if (!stored.TryGetValue((file.Kind, file.Key), out var item)) yield return new(PackChangeKind.New, file, null, file.Text);
            else if (item.PackHash == ContentHash.Of(file.Text)) continue;
            else if (seen == file.Text) yield return new(PackChangeKind.Agreed, file, seen, file.Text);
            else if (item.ChangedByEditor || begun.Contains(item.Id)) yield return new(PackChangeKind.Kept, file, seen, file.Text);
            else yield return new(seen is null ? PackChangeKind.New : PackChangeKind.Changed, file, seen, file.Text);
        }

        var packed = pack.Select(file => (file.Kind, file.Key)).ToHashSet();
        foreach (var item in items.Where(item => item.PackHash.Length > 0 && !packed.Contains((item.Kind, item.Key))))
        {
            var seen = live.GetValueOrDefault((item.Kind, item.Key));
            var file = seen ?? new(item.Kind, item.Key, ContentPack.PathOf(item.Kind, item.Key), "");
            yield return new(item.ChangedByEditor ? PackChangeKind.Kept : PackChangeKind.Withdrawn, file, seen?.Text, null);
        }
    }

    /// <returns>False when somebody else published since the version was read; nothing is stored then.</returns>
    private async Task<bool> StoreAsync(ContentImportReport report, IReadOnlyDictionary<string, CleanPicture> pictures, long version, CancellationToken cancellation)
    {
        try
        {
            return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                if (!report.ChangesNothing && !await AdvanceAsync(version, cancellation)) return false;
                var now = clock.GetUtcNow().UtcDateTime;
                var items = await db.ContentItems.ToDictionaryAsync(item => (item.Kind, item.Key), cancellation);
                foreach (var change in report.Changes.Where(change => change.What != PackChangeKind.Kept))
                {
                    if (!items.TryGetValue((change.File.Kind, change.File.Key), out var item)) db.ContentItems.Add(item = new ContentItem(change.File.Kind, change.File.Key));
                    if (change.What == PackChangeKind.Withdrawn) item.Withdraw();
                    else if (change.What == PackChangeKind.Agreed) db.Entry(item).Property(row => row.PackHash).CurrentValue = ContentHash.Of(change.File.Text);
                    else item.TakeFromPack(change.File.Text, now);
                }

                var named = PackPictures.Named(report.Changes.Where(change => change.What is PackChangeKind.New or PackChangeKind.Changed).Select(change => change.File));
                var stored = await db.PictureFiles.Where(file => named.Contains(file.Name)).Select(file => file.Name).ToListAsync(cancellation);
                db.PictureFiles.AddRange(named.Except(stored).Where(pictures.ContainsKey).Select(name => new PictureFile(pictures[name], by: null, now)));
                await db.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
                return true;
            });
        }
        catch (DbUpdateException) when (version == 0)
        {
            // Two processes began with an empty database at once, and the other one was first.
            db.ChangeTracker.Clear();
            if (!await db.ContentVersions.AnyAsync(cancellation)) throw;
            return false;
        }
    }

    /// <summary>Before everything else, so that whoever publishes at the same time waits here and then finds the version moved.</summary>
    private async Task<bool> AdvanceAsync(long version, CancellationToken cancellation)
    {
        if (await db.ContentVersions.Where(row => row.Number == version).ExecuteUpdateAsync(row => row.SetProperty(content => content.Number, content => content.Number + 1), cancellation) > 0) return true;
        if (version > 0) return false;
        var first = new ContentVersion();
        first.Advance();
        db.ContentVersions.Add(first);
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
