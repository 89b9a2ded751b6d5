using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Content;

/// <summary>Holds the one snapshot that this instance serves, and exchanges it when the content version in the database has moved.</summary>
public sealed class PublishedContent(PublicPromises promises, ILogger<PublishedContent> log)
{
    private volatile ContentSnapshot? _current;

    public bool IsLoaded => _current is not null;

    /// <exception cref="InvalidOperationException">Nothing has been loaded yet.</exception>
    public ContentSnapshot Current => _current ?? throw new InvalidOperationException("The content is not loaded yet.");

    /// <summary>Loads what is live when its version differs from the one served.</summary>
    /// <returns>Whether the snapshot was exchanged.</returns>
    public async Task<bool> RefreshAsync(AmfmDbContext db, CancellationToken cancellation)
    {
        var version = await db.ContentVersions.Select(row => row.Number).SingleOrDefaultAsync(cancellation);
        if (version == 0 || version == _current?.Version) return false;

        var files = await LiveAsync(db, cancellation);
        var content = ContentCompiler.Compile(files, promises, version, tolerates: _ => true, await PictureFile.SizesAsync(db, cancellation));
        foreach (var fault in content.Tolerated) log.LogWarning("Served as it was published before this rule: {Fault}", fault);
        _current = content;
        return true;
    }

    /// <summary>The sources of everything that is live.</summary>
    public static async Task<IReadOnlyList<SourceFile>> LiveAsync(AmfmDbContext db, CancellationToken cancellation)
    {
        var rows = await (
            from item in db.ContentItems
            from revision in item.Revisions
            where revision.Number == item.LiveNumber
            select new { item.Kind, item.Key, revision.Source }).ToListAsync(cancellation);
        return [.. rows
            .OrderBy(row => row.Kind, StringComparer.Ordinal).ThenBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => new SourceFile(row.Kind, row.Key, ContentPack.PathOf(row.Kind, row.Key), row.Source))];
    }
}
