using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Desk;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Content;

/// <summary>The desk's record as it is live in the database; what is served may trail it by a second.</summary>
/// <param name="Number">Of its newest revision.</param>
/// <param name="Hash">SHA-256 of its text, in hex.</param>
public sealed record DeskRecord(int Number, string Hash, DeskSettings Settings)
{
    public const string Key = "settings";

    /// <exception cref="ContentFaultException">It is missing or cannot be read, which nothing that publishes lets through.</exception>
    public static async Task<DeskRecord> LiveAsync(AmfmDbContext db, CancellationToken cancellation)
    {
        var item = await (
            from row in db.ContentItems
            from revision in row.Revisions
            where row.Kind == ContentKinds.Desk && row.Key == Key && revision.Number == row.LiveNumber
            select new { row.LastNumber, row.LiveHash, revision.Source }).SingleOrDefaultAsync(cancellation);
        return item is not null && Read(item.Source) is { } settings
            ? new(item.LastNumber, item.LiveHash, settings)
            : throw new ContentFaultException([new(FileOf("").Path, 0, "is missing or cannot be read.", ContentRules.Pack)]);
    }

    /// <summary>Settings that were written down, or null when they cannot be read.</summary>
    public static DeskSettings? Read(string source)
    {
        var faults = new List<ContentFault>();
        var settings = FrontMatter.Read<DeskFront>(FileOf(source), faults)?.Read((key, message) => faults.Add(new(key, 0, message, ContentRules.Desk)));
        return faults.Count == 0 ? settings : null;
    }

    public static SourceFile FileOf(string source) => new(ContentKinds.Desk, Key, ContentPack.PathOf(ContentKinds.Desk, Key), source);
}
