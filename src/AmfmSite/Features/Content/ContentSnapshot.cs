using System.Collections.Frozen;
using AmfmSite.Features.Desk;

namespace AmfmSite.Features.Content;

/// <summary>Everything that is published, at one version. Immutable; a request uses one from beginning to end.</summary>
public sealed class ContentSnapshot
{
    private const int MostRelated = 5;

    private readonly FrozenDictionary<string, PublishedPage> _bySlug = FrozenDictionary<string, PublishedPage>.Empty;
    private readonly FrozenDictionary<string, PublishedPage> _byId = FrozenDictionary<string, PublishedPage>.Empty;

    public required long Version { get; init; }

    /// <summary>What texts published earlier have against <see cref="ContentRules.OfManner"/> as they are now; as a rule none.</summary>
    public IReadOnlyList<ContentFault> Tolerated { get; init; } = [];
    public required Provider Provider { get; init; }

    public required IReadOnlyList<PublishedPage> Pages
    {
        get;
        init
        {
            field = value;
            _bySlug = value.ToFrozenDictionary(page => page.Slug, StringComparer.OrdinalIgnoreCase);
            _byId = value.ToFrozenDictionary(page => page.Id, StringComparer.Ordinal);
            Menu = [.. value.Where(page => page.MenuOrder is not null).OrderBy(page => page.MenuOrder).ThenBy(page => page.Name, StringComparer.OrdinalIgnoreCase)];
            Foot = [.. value.Where(page => page.FootOrder is not null).OrderBy(page => page.FootOrder).ThenBy(page => page.Name, StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>Every source, whether a page cites it or not.</summary>
    public required IReadOnlyDictionary<string, CslReference> References { get; init; }

    public required IReadOnlyDictionary<string, Faq> Faqs { get; init; }

    /// <summary>In the order of the ladder.</summary>
    public required IReadOnlyList<LevelOfCare> Levels { get; init; }

    public required IReadOnlyList<Location> Locations { get; init; }
    public required IReadOnlyList<Treatment> Treatments { get; init; }
    public required IReadOnlyList<CrisisResource> CrisisResources { get; init; }

    /// <summary>From A to Z.</summary>
    public required IReadOnlyList<GlossaryTerm> Glossary { get; init; }

    public required IReadOnlyDictionary<string, Picture> Pictures { get; init; }

    /// <summary>By path, in any case.</summary>
    public required IReadOnlyDictionary<string, Redirect> Redirects { get; init; }

    /// <summary>Links from text to text; what else refers to a record stands in the records themselves: see <see cref="ContentUses"/>.</summary>
    internal IReadOnlyCollection<ContentLink> Links { get; init; } = [];

    public required DeskSettings Desk { get; init; }

    public required CrisisWords CrisisWords { get; init; }

    /// <summary>Groups of words and phrases by which people look for the same thing.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Synonyms { get; init; }

    /// <summary>Pages of the main menu, in order.</summary>
    public IReadOnlyList<PublishedPage> Menu { get; private init; } = [];

    /// <summary>Pages named in the foot of every page, in order.</summary>
    public IReadOnlyList<PublishedPage> Foot { get; private init; } = [];

    public PublishedPage? BySlug(string slug) => _bySlug.GetValueOrDefault(slug);

    public PublishedPage? ById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Whether a published record names this uploaded picture.</summary>
    public bool ShowsFile(string name) => Pictures.Values.Any(picture => picture.IsUploaded && picture.File == name);

    /// <summary>From the home page down to the page above this one.</summary>
    public IReadOnlyList<PublishedPage> Ancestors(PublishedPage page)
    {
        var path = new List<PublishedPage>();
        for (var above = ById(page.ParentId); above is not null && path.Count < 8; above = ById(above.ParentId))
            path.Insert(0, above);
        if (page.Slug != "/" && ById("home") is { } home && !path.Contains(home))
            path.Insert(0, home);
        return path;
    }

    public IEnumerable<PublishedPage> OfKind(PageKind kind) => Pages.Where(p => p.Kind == kind).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What to read next: what the editors chose, then pages about the same conditions, the closest first.</summary>
    /// <param name="stale">Pages whose review was due before this day are recommended to nobody.</param>
    public IReadOnlyList<PublishedPage> Related(PublishedPage page, DateOnly stale)
    {
        var chosen = page.RelatedIds.Select(id => _byId[id]).Where(IsFresh).ToList();
        var near = Pages
            .Where(other => other.Id != page.Id && !chosen.Contains(other) && IsFresh(other))
            .Select(other => (Page: other, Shared: other.AboutIds.Append(other.Id).Intersect(page.AboutIds.Append(page.Id)).Count()))
            .Where(other => other.Shared > 0)
            .OrderByDescending(other => other.Shared).ThenBy(other => other.Page.Name, StringComparer.OrdinalIgnoreCase)
            .Select(other => other.Page);
        return [.. chosen.Concat(near.Take(Math.Max(0, MostRelated - chosen.Count)))];

        bool IsFresh(PublishedPage other) => !(other.NextReview < stale);
    }
}
