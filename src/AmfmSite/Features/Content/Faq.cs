namespace AmfmSite.Features.Content;

/// <summary>A question and its answer, shared by pages; <paramref name="HomePage"/> is the id of the page it belongs to.</summary>
public sealed record Faq(string Id, string Question, string HomePage, ContentHtml Answer);
