using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Editing;

/// <summary>Which texts need a second person, and who may be that person.</summary>
internal static class ReviewRules
{
    /// <summary>Kinds whose texts speak of health, wherever they are shown.</summary>
    private static readonly string[] Health = [ContentKinds.Faq, ContentKinds.Term, ContentKinds.Level, ContentKinds.Treatment, ContentKinds.Crisis, ContentKinds.CrisisWords];

    /// <summary>Pages that lead somewhere or tell of the house; with a numbered claim they need a review, too.</summary>
    private static readonly PageKind?[] Plain = [PageKind.Home, PageKind.Hub, PageKind.Location, PageKind.Admissions, PageKind.About];

    /// <param name="sources">What is live and what is to follow it: making a page another kind takes no review away.</param>
    public static bool Needed(string kind, params IEnumerable<string?> sources) => Health.Contains(kind) || kind == ContentKinds.Page && sources.OfType<string>().Any(SpeaksOfHealth);

    /// <summary>The same for a list that reads no texts: by the page as it is live. Publishing asks the texts.</summary>
    public static bool NeededFor(string kind, PublishedPage? live) => Health.Contains(kind) || kind == ContentKinds.Page && (live is null || !Plain.Contains(live.Kind) || live.References.Count > 0);

    /// <summary>What cannot be read counts as if it did; nobody can publish it anyway.</summary>
    private static bool SpeaksOfHealth(string source)
    {
        var file = new SourceFile(ContentKinds.Page, "page", "page", source);
        return FrontMatter.Split<PageFront>(file, []) is not { } page || !Plain.Contains(page.Head.Kind) || page.Head.Claims is { Count: > 0 };
    }

    /// <summary>Everybody who wrote some of this revision since what visitors see, those whose text was restored among them.</summary>
    public static IReadOnlyCollection<Guid> Authors(IReadOnlyList<RevisionLine> history, int? live, int number)
    {
        var since = live ?? history.Where(line => line.Events.Any(happened => happened.Kind == ContentEventKind.Published)).Select(line => line.Number).DefaultIfEmpty(0).Max();
        var written = history.Where(line => line.Number > since && line.Number <= number).ToList();
        return [.. written.Concat(history.Where(line => written.Any(later => later.RestoredFrom == line.Number))).Select(line => line.AuthorId).OfType<Guid>().Distinct()];
    }
}
