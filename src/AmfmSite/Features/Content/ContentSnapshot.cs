using System.Collections.Frozen;

namespace AmfmSite.Features.Content;

/// <summary>Everything that is published, at one version. Immutable; a request uses one from beginning to end.</summary>
public sealed class ContentSnapshot
{
    private readonly FrozenDictionary<string, PublishedPage> _bySlug;
    private readonly FrozenDictionary<string, PublishedPage> _byId;

    internal ContentSnapshot(
        long version,
        Provider provider,
        IReadOnlyList<PublishedPage> pages,
        IReadOnlyDictionary<string, Faq> faqs,
        IReadOnlyList<LevelOfCare> levels,
        IReadOnlyList<Location> locations)
    {
        Version = version;
        Provider = provider;
        Pages = pages;
        Faqs = faqs;
        Levels = levels;
        Locations = locations;
        _bySlug = pages.ToFrozenDictionary(p => p.Slug, StringComparer.OrdinalIgnoreCase);
        _byId = pages.ToFrozenDictionary(p => p.Id, StringComparer.Ordinal);
        Menu = [.. pages.Where(p => p.MenuOrder is not null).OrderBy(p => p.MenuOrder)];
        Foot = [.. pages.Where(p => p.FootOrder is not null).OrderBy(p => p.FootOrder)];
    }

    public long Version { get; }
    public Provider Provider { get; }
    public IReadOnlyList<PublishedPage> Pages { get; }
    public IReadOnlyDictionary<string, Faq> Faqs { get; }

    /// <summary>In the order of the ladder.</summary>
    public IReadOnlyList<LevelOfCare> Levels { get; }

    public IReadOnlyList<Location> Locations { get; }

    /// <summary>Pages of the main menu, in order.</summary>
    public IReadOnlyList<PublishedPage> Menu { get; }

    /// <summary>Pages named in the foot of every page, in order.</summary>
    public IReadOnlyList<PublishedPage> Foot { get; }

    public PublishedPage? BySlug(string slug) => _bySlug.GetValueOrDefault(slug);

    public PublishedPage? ById(string id) => _byId.GetValueOrDefault(id);

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
}
