using System.Text.RegularExpressions;
using AmfmSite.Features.Content;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>
/// Drafts that seem to name a record. Drafts are not compiled with each other, and half of them could not be, so this is
/// read from how their texts name records: "@key", "page:key", or the key as a value of its own in a head or a list.
/// </summary>
internal static class DraftUses
{
    /// <returns>In the order of their names. The newest text of each record is looked at, where it is not live.</returns>
    public static async Task<IReadOnlyList<UseLine>> ReadAsync(AmfmDbContext db, ContentSnapshot content, string kind, string key, CancellationToken cancellation)
    {
        var kinds = EditedKind.All.Select(known => known.Kind).ToList();
        var drafts = await (
            from item in db.ContentItems
            from draft in item.Revisions
            where kinds.Contains(item.Kind) && draft.Number == item.LastNumber && item.LastNumber > (item.LiveNumber ?? 0) && !(item.Kind == kind && item.Key == key) && draft.Source.Contains(key)
            select new { item.Kind, item.Key, draft.Number, draft.Source }).ToListAsync(cancellation);
        var names = Names(kind, key);
        return [.. drafts.Where(draft => names.IsMatch(draft.Source))
            .Select(draft => new UseLine($"/editing/{draft.Kind}/{draft.Key}", content.NameOf(draft.Kind, draft.Key), $"in its revision {draft.Number}"))
            .OrderBy(line => line.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static Regex Names(string kind, string key)
    {
        var name = Regex.Escape(key);
        var before = kind switch
        {
            ContentKinds.Reference => $"@{name}|^[ ]+{name}",
            ContentKinds.Term => $"term:{name}",
            _ => $@"{kind}:{name}|^[ ]*(?:[\w]+:|-|:::[\w-]+)[ ]+\[?{name}|,[ ]?{name}(?=[,\]])",
        };
        return new($@"(?:{before})(?![\w-])", RegexOptions.Multiline | RegexOptions.CultureInvariant);
    }
}
