using System.Security.Claims;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>What the pages of the editorial desk ask of the store.</summary>
internal static class EditedItems
{
    public static Task<ContentItem?> FindEditedAsync(this AmfmDbContext db, string kind, string key, CancellationToken cancellation) => EditedKind.Of(kind) is null
        ? Task.FromResult<ContentItem?>(null)
        : db.ContentItems.SingleOrDefaultAsync(item => item.Kind == kind && item.Key == key, cancellation);

    /// <summary>In any case: two keys that differ in their letters' case alone would be one file on many disks.</summary>
    /// <returns>The key that is there already, or null.</returns>
    public static async Task<string?> TakenKeyAsync(this AmfmDbContext db, string kind, string key, CancellationToken cancellation) =>
        (await db.ContentItems.Where(item => item.Kind == kind).Select(item => item.Key).ToListAsync(cancellation)).Find(other => other.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <returns>The text of a revision, or null when there is none of that number.</returns>
    public static Task<string?> SourceAsync(this AmfmDbContext db, ContentItem item, int? number, CancellationToken cancellation) =>
        db.Set<ContentRevision>().Where(revision => revision.ItemId == item.Id && revision.Number == number).Select(revision => revision.Source).SingleOrDefaultAsync(cancellation);

    /// <returns>Newest first, without the texts.</returns>
    public static async Task<IReadOnlyList<RevisionLine>> HistoryAsync(this AmfmDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var events = await db.Set<ContentEvent>().AsNoTracking().Where(happened => happened.ItemId == item.Id).OrderBy(happened => happened.Id).ToListAsync(cancellation);
        var revisions = await db.Set<ContentRevision>().Where(revision => revision.ItemId == item.Id).OrderByDescending(revision => revision.Number)
            .Select(revision => new { revision.Number, revision.Author, revision.AuthorId, revision.CreatedAt, revision.Reason, revision.RestoredFrom }).ToListAsync(cancellation);
        return [.. revisions.Select(revision => new RevisionLine(revision.Number, revision.Author, revision.AuthorId, revision.CreatedAt, revision.Reason, revision.RestoredFrom, [.. events.Where(happened => happened.Number == revision.Number)]))];
    }

    /// <summary>Stores a record that begins here as a draft, with its trace.</summary>
    /// <returns>Null; or the key of the record that has it already, and then nothing is stored.</returns>
    public static async Task<string?> BeginAsync(this AmfmDbContext db, ContentItem item, ContentPerson by, DateTime now, CancellationToken cancellation)
    {
        if (await db.TakenKeyAsync(item.Kind, item.Key, cancellation) is { } taken) return taken;
        db.ContentItems.Add(item);
        db.AuditEntries.Add(Trace(item, AuditAction.ContentSaved, item.LastNumber, by, now));
        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateException)
        {
            // Somebody began the same one a moment ago. Anything else throws again.
            db.ChangeTracker.Clear();
            if (await db.TakenKeyAsync(item.Kind, item.Key, cancellation) is not { } other) throw;
            return other;
        }
    }

    public static SourceFile FileOf(ContentItem item, string source) => new(item.Kind, item.Key, ContentPack.PathOf(item.Kind, item.Key), source);

    public static string PathOf(ContentItem item) => $"/editing/{item.Kind}/{item.Key}";

    public static AuditEntry Trace(ContentItem item, AuditAction action, int number, ContentPerson by, DateTime now) => new(now, action, by.Id, requestId: null, $"{item.Kind} {item.Key} {number}");

    public static ContentPerson Person(this ClaimsPrincipal user) =>
        new(user.StaffId(), user.Identity!.Name is { Length: > ContentRevision.AuthorLength } name ? name[..ContentRevision.AuthorLength] : user.Identity.Name!);

    /// <summary>What a record is called: its name where it is live, its key until then.</summary>
    public static string NameOf(this ContentSnapshot content, string kind, string key) => kind switch
    {
        ContentKinds.Page => content.ById(key)?.Name,
        ContentKinds.Faq => content.Faqs.GetValueOrDefault(key)?.Question,
        ContentKinds.Term => content.Glossary.FirstOrDefault(term => term.Id == key)?.Term,
        ContentKinds.Level => content.Levels.FirstOrDefault(level => level.Id == key)?.Name,
        ContentKinds.Treatment => content.Treatments.FirstOrDefault(treatment => treatment.Id == key)?.Name,
        ContentKinds.Location => content.Locations.FirstOrDefault(location => location.Id == key)?.Name,
        ContentKinds.Crisis => content.CrisisResources.FirstOrDefault(resource => resource.Id == key)?.Name,
        ContentKinds.Picture => content.Pictures.GetValueOrDefault(key)?.Alt,
        ContentKinds.Provider or ContentKinds.Redirects or ContentKinds.CrisisWords or ContentKinds.Synonyms => EditedKind.Of(kind)!.One,
        _ => null,
    } ?? key;

    public static string When(this DateTime at) => $"{at:MMM d, yyyy, HH:mm} UTC";
}
