namespace AmfmSite.Features.Content;

/// <summary>
/// What stands between a draft and the public, as a checklist. Nothing is checked here: <see cref="ContentCompiler"/> finds
/// the faults, and whatever has one is not published. This says to which question each of them is the answer.
/// </summary>
public static class PublishGate
{
    public static readonly IReadOnlyList<GateItem> Checklist =
    [
        new("readable", "The file can be read: its head, its size and how deep its lists and quotes go.",
            [ContentRules.Pack, ContentRules.FrontMatter, ContentRules.YamlAnchor, ContentRules.Size, ContentRules.Nesting]),
        new("address", "It has an address of its own, old addresses lead to pages, and every record that it names exists.",
            [ContentRules.Slug, ContentRules.Redirect, ContentRules.RecordLink, ContentRules.QuestionHome]),
        new("citations", "Every numbered sentence has a source that somebody read and graded.",
            [ContentRules.CitationClaim, ContentRules.CitationGraded, ContentRules.Reference, ContentRules.DoiForm, ContentRules.DoiTwice]),
        new("pictures", "Every picture is described for somebody who cannot see it, and people are shown only with their consent.",
            [ContentRules.AlternativeText, ContentRules.PictureRecord, ContentRules.PictureFile, ContentRules.Consent]),
        new("headings", "Headings go down one step at a time, say something, and have ids of their own.",
            [ContentRules.HeadingOrder, ContentRules.HeadingId]),
        new("links", "Every link says where it leads, and leads somewhere.",
            [ContentRules.LinkText, ContentRules.LinkAddress, ContentRules.InternalLink]),
        new("markup", "Directives, tokens and tables are ones that this site can draw.",
            [ContentRules.Directive, ContentRules.Token, ContentRules.Table]),
        new("parts", "A page on a condition has all its parts, in their order, and its care cards.",
            [ContentRules.PageParts, ContentRules.CareCard]),
        new("review", "A review has a date, a reviewer and a date of the next one.", [ContentRules.ReviewDate]),
        new("crisis", "Where suicide is mentioned, help stands on the same page.", [ContentRules.CrisisCard]),
        new("places", "A place that speaks of a state carries it, confirmed.", [ContentRules.LocationState]),
        new("desk", "The desk's hours, channels and limits make sense.", [ContentRules.Desk]),
        new("words", "The words are ours, and every exception says why.",
            [ContentRules.Stigma, ContentRules.SuicideWording, ContentRules.Absolute, ContentRules.Inpatient, ContentRules.Shouting, ContentRules.Exception]),
    ];

    /// <summary>The whole checklist with the faults of each item, none where it is met.</summary>
    public static IReadOnlyList<(GateItem Item, IReadOnlyList<ContentFault> Faults)> Sort(IEnumerable<ContentFault> faults)
    {
        var byRule = faults.ToLookup(fault => fault.Rule);
        return [.. Checklist.Select(item => (item, (IReadOnlyList<ContentFault>)[.. item.Rules.SelectMany(rule => byRule[rule])]))];
    }
}
