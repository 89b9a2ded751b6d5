namespace AmfmSite.Features.Content;

/// <summary>A question and its answer, shared by pages; <paramref name="HomePage"/> is the id of the one page it belongs to, which alone tells machines about it.</summary>
public sealed record Faq(string Id, string Question, string HomePage, ContentHtml Answer);
