using System.Data;
using System.Globalization;
using System.Text.Json;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>References from elsewhere: which of them are new here, and a draft of each that was chosen.</summary>
public sealed class ReferenceImport(AmfmDbContext db, TimeProvider clock)
{
    public const string Reason = "Imported from CSL-JSON";

    /// <summary>Of keys like R08; a longer one was made up by hand, and counting on from it would make all others as long.</summary>
    private const int MostDigits = 5;

    /// <summary>Compares every entry with every record, what is live and what is drafted, and with the entries before it.</summary>
    public async Task<IReadOnlyList<ImportRow>> JudgeAsync(IReadOnlyList<CslEntry> entries, CancellationToken cancellation)
    {
        var keys = (await db.ContentItems.Where(item => item.Kind == ContentKinds.Reference).Select(item => item.Key).ToListAsync(cancellation)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (known, rows, number) = (await KnownAsync(cancellation), new List<ImportRow>(), keys.Select(NumberOf).DefaultIfEmpty().Max());
        foreach (var entry in entries)
        {
            if (entry.Reference is not { } reference)
            {
                rows.Add(new(entry));
                continue;
            }

            var identity = new ReferenceIdentity(reference);
            var same = known.Select(other => (Other: other, By: identity.SameAs(other.Identity))).Where(pair => pair.By is not null).OrderBy(pair => pair.By).FirstOrDefault();
            if (same.By is { } by)
            {
                rows.Add(new(entry, Same: same.Other, By: by));
                continue;
            }

            string key;
            do key = $"R{++number:D2}";
            while (keys.Contains(key));
            rows.Add(new(entry, key));
            known.Add(new("", entry.Place, entry.Title, identity));
        }

        return rows;
    }

    /// <summary>Begins a draft of each chosen entry, or of none: not when one of them is not new, or not any more.</summary>
    /// <returns>What became of every entry, and the keys of what was begun.</returns>
    public Task<(IReadOnlyList<ImportRow> Rows, IReadOnlyList<string> Begun)> BeginAsync(IReadOnlyList<CslEntry> entries, IReadOnlyCollection<int> chosen, ContentPerson by, CancellationToken cancellation) => db.Database.CreateExecutionStrategy().ExecuteAsync<(IReadOnlyList<ImportRow>, IReadOnlyList<string>)>(async () =>
    {
        db.ChangeTracker.Clear();

        // Nobody adds a reference between the look and the drafts: not the same person twice, and not a colleague.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        var rows = await JudgeAsync(entries, cancellation);
        var wanted = rows.Where(row => chosen.Contains(row.Entry.Place)).ToList();
        if (!wanted.TrueForAll(row => row.IsNew)) return (rows, []);
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var row in wanted)
        {
            var item = new ContentItem(ContentKinds.Reference, row.Key);
            item.Save(CslJson.Write(row.Entry.Reference! with { Id = row.Key }), basedOn: 0, by, Reason, now);
            db.ContentItems.Add(item);
            db.AuditEntries.Add(EditedItems.Trace(item, AuditAction.ContentSaved, item.LastNumber, by, now));
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (rows, [.. wanted.Select(row => row.Key)]);
    });

    /// <returns>The references that have these keys.</returns>
    public async Task<IReadOnlyList<KnownReference>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation) =>
        keys.Count == 0 ? [] : [.. (await KnownAsync(cancellation)).Where(known => keys.Contains(known.Key)).DistinctBy(known => known.Key)];

    /// <summary>The newest text of each and the live one. A draft that cannot be read is compared with nothing.</summary>
    private async Task<List<KnownReference>> KnownAsync(CancellationToken cancellation)
    {
        var texts = await (
            from item in db.ContentItems
            from revision in item.Revisions
            where item.Kind == ContentKinds.Reference && (revision.Number == item.LastNumber || revision.Number == item.LiveNumber)
            orderby item.Key, revision.Number descending
            select new { item.Key, revision.Source }).ToListAsync(cancellation);
        return [.. texts.Select(text => Read(text.Key, text.Source)).OfType<KnownReference>()];
    }

    private static KnownReference? Read(string key, string source)
    {
        try
        {
            return CslJson.Parse(source) is { } reference ? new(key, 0, reference.Title, new(reference)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int NumberOf(string key) =>
        key.Length is > 1 and <= MostDigits + 1 && key[0] is 'R' or 'r' && int.TryParse(key.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
