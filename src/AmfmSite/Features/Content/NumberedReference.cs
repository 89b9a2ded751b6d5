namespace AmfmSite.Features.Content;

/// <summary>A source in the list of one page.</summary>
/// <param name="Number">By first mention, from 1.</param>
/// <param name="Apa">The entry in APA 7, as HTML.</param>
/// <param name="Address">Where it can be read, or empty.</param>
/// <param name="Mentions">The marks in the text that lead here, in order.</param>
public sealed record NumberedReference(int Number, string ReferenceId, ContentHtml Apa, string Address, IReadOnlyList<Mention> Mentions);

/// <summary>One mark in the text.</summary>
/// <param name="Suffix">"3", or "3b" for the second mention of source 3: the mark is <c>c3b</c>, its note <c>n3b</c>.</param>
public sealed record Mention(string Suffix, Claim Claim);
