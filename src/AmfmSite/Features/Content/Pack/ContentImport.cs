using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Content.Pack;

/// <summary>Brings the content pack into the database. What editors changed stays and is reported; a fault stores nothing.</summary>
public sealed class ContentImport(AmfmDbContext db, PublicPromises promises, TimeProvider clock)
{
    /// <exception cref="ContentFaultException">The content that would result has faults.</exception>
    public async Task<ContentImportReport> RunAsync(string directory, CancellationToken cancellation)
    {
        var pack = ContentPack.Read(directory);
        var items = await db.ContentItems.ToListAsync(cancellation);
        var live = (await PublishedContent.LiveAsync(db, cancellation)).ToDictionary(file => (file.Kind, file.Key));
        var report = new ContentImportReport();

        foreach (var file in pack)
        {
            var item = items.Find(item => item.Kind == file.Kind && item.Key == file.Key);
            if (item is null)
            {
                item = new ContentItem(file.Kind, file.Key);
                items.Add(item);
                db.ContentItems.Add(item);
            }
            else if (item.PackHash == ContentHash.Of(file.Text))
            {
                continue;
            }
            else if (item.ChangedByEditor)
            {
                report.Kept.Add(file.Path);
                continue;
            }

            item.TakeFromPack(file.Text, clock.GetUtcNow().UtcDateTime);
            live[(file.Kind, file.Key)] = file;
            report.Taken.Add(file.Path);
        }

        foreach (var item in items.Where(item => item.PackHash.Length > 0 && !pack.Any(file => file.Kind == item.Kind && file.Key == item.Key)))
        {
            var path = ContentPack.PathOf(item.Kind, item.Key);
            if (item.ChangedByEditor)
            {
                report.Kept.Add(path);
                continue;
            }

            item.Withdraw();
            live.Remove((item.Kind, item.Key));
            report.Withdrawn.Add(path);
        }

        if (report.ChangesNothing) return report;

        var version = await db.ContentVersions.SingleOrDefaultAsync(cancellation);
        if (version is null) db.ContentVersions.Add(version = new ContentVersion());
        version.Advance();
        ContentCompiler.Compile([.. live.Values.OrderBy(file => file.Path, StringComparer.Ordinal)], promises, version.Number);
        await db.SaveChangesAsync(cancellation);
        return report;
    }
}
