using System.Text.RegularExpressions;

namespace AmfmSite.Features.Content;

/// <summary>Words that this site does not use.</summary>
/// <param name="Id">Name of the rule, of <see cref="ContentRules"/>; several patterns share one.</param>
/// <param name="Pattern">Finds the words in time proportional to the text.</param>
/// <param name="Instead">What to write, as a sentence.</param>
/// <param name="Reason">Why, as a sentence.</param>
/// <param name="Source">The guide that says so, or "house rule".</param>
public sealed record WordRule(string Id, Regex Pattern, string Instead, string Reason, string Source)
{
    /// <summary>A word that lets the rule pass when it stands in the same sentence, or empty.</summary>
    public string Unless { get; init; } = "";
}
