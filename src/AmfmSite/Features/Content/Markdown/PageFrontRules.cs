using System.Globalization;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>What the head of a page must hold.</summary>
internal sealed class PageFrontRules(PageFront front, KnownIds known, PageFaults found)
{
    public void Check()
    {
        if (front.Kind is null) found.InHead(ContentRules.FrontMatter, "kind", "Say what sort of page it is: kind: condition");
        if (!Slug.IsValid(front.Slug)) found.InHead(ContentRules.Slug, "slug", $"slug: {Slug.Rule}");
        foreach (var (name, value) in new[] { ("title", front.Title), ("description", front.Description), ("lead", front.Lead) })
            if (value.Length == 0) found.InHead(ContentRules.FrontMatter, name, $"{name}: is missing.");
        if (front.Parent.Length > 0 && !known.Pages.Contains(front.Parent)) Link("parent", $"parent: {front.Parent} is no page of this pack.");
        if (front.Level.Length > 0 && !known.Levels.Contains(front.Level)) Link("level", $"level: {front.Level} is no level of care of this pack.");
        if (front.Picture is { Length: > 0 } and not "none" && !known.Pictures.Contains(front.Picture)) found.InHead(ContentRules.PictureRecord, "picture", $"picture: {front.Picture} has no record in pictures/.");
        if (known.Uploads.Contains(front.Picture)) found.InHead(ContentRules.PictureRecord, "picture", $"picture: a page's landscape is one of the drawings of the site. {front.Picture} was uploaded; it goes into the text with :::figure {front.Picture}.");
        foreach (var id in front.Faqs.Where(id => !known.Faqs.Contains(id))) Link("faqs", $"faqs: there is no question {id}.");
        foreach (var id in front.Related.Where(id => !known.Pages.Contains(id))) Link("related", $"related: there is no page {id}.");
        foreach (var id in front.About.Where(id => !known.Conditions.Contains(id))) Link("about", $"about: {id} is no page of the kind condition.");
    }

    /// <summary>A page that nobody has reviewed says so in public; a review is a whole one, with who did it and when the next is due.</summary>
    public (DateOnly? Last, DateOnly? Next) Review()
    {
        var (last, next) = (Date(ContentRules.ReviewDate, front.Reviewed, "reviewed", "reviewed"), Date(ContentRules.ReviewDate, front.NextReview, "nextReview", "nextReview"));
        var written = new[] { ("reviewed", front.Reviewed), ("reviewer", front.Reviewer), ("nextReview", front.NextReview) };
        if (written.Any(part => !string.IsNullOrWhiteSpace(part.Item2)))
            foreach (var (key, _) in written.Where(part => string.IsNullOrWhiteSpace(part.Item2)))
                found.InHead(ContentRules.ReviewDate, written.First(part => !string.IsNullOrWhiteSpace(part.Item2)).Item1, $"{key}: is missing. A review has reviewed:, reviewer: and nextReview:; before the first one all three are empty.");
        if (next <= last) found.InHead(ContentRules.ReviewDate, "nextReview", "nextReview: the next review comes after the last.");
        return (last, next);
    }

    /// <returns>By their keys; those whose reference exists.</returns>
    public Dictionary<string, Claim> Claims(IReadOnlyDictionary<string, CslReference> references)
    {
        var claims = new Dictionary<string, Claim>(StringComparer.Ordinal);
        foreach (var (key, written) in front.Claims)
        {
            var reference = key.Split(':')[0];
            SupportGrade? grade = written.Grade switch
            {
                "supports" => SupportGrade.Supports,
                "in-part" => SupportGrade.InPart,
                "background" => SupportGrade.Background,
                _ => null,
            };
            ReadingBasis? basis = written.Basis switch
            {
                "full-text" => ReadingBasis.FullText,
                "abstract" => ReadingBasis.Abstract,
                "title" => ReadingBasis.Title,
                _ => null,
            };
            if (!references.ContainsKey(reference)) found.InHead(ContentRules.CitationClaim, key, $"claims: {key} leans on {reference}, which references.json does not hold.");
            if (grade is null) Grade(key, "is not graded. Write grade: supports, in-part or background.");
            if (basis is null) Grade(key, "does not say what was read. Write basis: full-text, abstract or title.");
            if (basis == ReadingBasis.Title && grade is not SupportGrade.Background) Grade(key, "was graded by a title alone; such a source can only be background.");
            if (written.Claim.Length == 0 || written.Note.Length == 0 || written.CheckedBy.Length == 0) Grade(key, "needs claim:, note: and checkedBy:.");
            var checkedOn = Date(ContentRules.CitationGraded, written.CheckedOn, key, $"claims: {key}: checkedOn");
            if (checkedOn is null) Grade(key, "needs checkedOn: with a date.");
            if (references.ContainsKey(reference))
                claims[key] = new(key, reference, written.Claim, written.Note, grade ?? default, basis ?? default, written.CheckedBy, checkedOn ?? default);
        }

        return claims;
    }

    private void Link(string key, string message) => found.InHead(ContentRules.RecordLink, key, message);

    private void Grade(string key, string message) => found.InHead(ContentRules.CitationGraded, key, $"claims: {key} {message}");

    private DateOnly? Date(string rule, string? written, string key, string name)
    {
        if (string.IsNullOrEmpty(written)) return null;
        if (DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        found.InHead(rule, key, $"{name}: write the date as 2026-11-22.");
        return null;
    }
}
