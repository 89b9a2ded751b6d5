namespace AmfmSite.Features.Content.Markdown;

/// <summary>What may stand inside a directive.</summary>
internal enum DirectiveBody { Text, Definitions, Items, HeadingAndText, Table, Nothing }

/// <summary>A directive of docs/content.md: its name, the partial that draws it and what it holds.</summary>
/// <param name="Draws">What a reader gets, for whoever chooses one.</param>
/// <param name="Arguments">One of them stands behind the name.</param>
/// <param name="Takes">Or what kind of id does.</param>
internal sealed record Directive(string Name, string Kind, DirectiveBody Body, string Draws, IReadOnlyList<string>? Arguments = null, string Takes = "")
{
    public static readonly IReadOnlyDictionary<string, Directive> All = new Directive[]
    {
        new("terms", "Terms", DirectiveBody.Definitions, "two terms side by side"),
        new("labels", "Labels", DirectiveBody.Definitions, "term left, sentence right; may hold [@…]"),
        new("steps", "Steps", DirectiveBody.Definitions, "numbered steps"),
        new("doors", "Doors", DirectiveBody.Definitions, "the ways in on the home page"),
        new("pairs", "Labels", DirectiveBody.Definitions, "a challenge and its answer"),
        new("care", "Care", DirectiveBody.HeadingAndText, "a care card", ["non-urgent", "urgent", "emergency"]),
        new("cycle", "Cycle", DirectiveBody.Items, "the two-way cycle"),
        new("callout", "Callout", DirectiveBody.Text, "a quiet box"),
        new("ask", "Ask", DirectiveBody.Text, "call strip: sentence, button, number"),
        new("summary", "Summary", DirectiveBody.Text, "lead of another page and a link to it", Takes: "page-id"),
        new("careful", "Careful", DirectiveBody.Text, "a warning before a passage that may be hard to read; leads past it, to the heading with this id", Takes: "heading-id"),
        new("compare", "Compare", DirectiveBody.Table, "a comparison that also reads on a phone"),
        new("figure", "Figure", DirectiveBody.Text, "a picture of pictures/ in the text", Takes: "picture-id"),
        new("offers", "Offers", DirectiveBody.Nothing, "what provider.yaml says that we offer"),
        new("insurance", "Insurance", DirectiveBody.Nothing, "what provider.yaml says of insurers"),
        new("treatments", "Treatments", DirectiveBody.Nothing, "every kind of treatment, with its line"),
        new("glossary", "Glossary", DirectiveBody.Nothing, "every word of the glossary"),
        new("ladder", "Ladder", DirectiveBody.Text, "the levels of care as a ladder"),
        new("level-table", "LevelTable", DirectiveBody.Text, "the levels compared"),
        new("level-facts", "LevelFacts", DirectiveBody.Nothing, "the facts of the level this page is about (level: in the front matter)"),
        new("places", "Places", DirectiveBody.Nothing, "our locations"),
        new("pages", "Pages", DirectiveBody.Nothing, "all pages of a kind, with their descriptions", [.. Enum.GetNames<PageKind>().Select(kind => kind.ToLowerInvariant())]),
        new("crisis-lines", "CrisisLines", DirectiveBody.Nothing, "988, 911 and findtreatment.gov"),
        new("bibliography", "Bibliography", DirectiveBody.Nothing, "every source of the site with the sentences that lean on it"),
        new("questions", "Questions", DirectiveBody.Nothing, "every question of the site, by page, each a link to its answer"),
        new("site-map", "SiteMap", DirectiveBody.Nothing, "every page, by kind"),
        new("loads", "Loads", DirectiveBody.Nothing, "every file a page loads, with its size"),
    }.ToDictionary(directive => directive.Name);

    /// <summary>As it is written, with words to write over.</summary>
    public string Example
    {
        get
        {
            var body = Body switch
            {
                DirectiveBody.Definitions => "A term\n:   What there is to say of it.\n",
                DirectiveBody.Items => "- First\n- Second\n- Third\n- Fourth\n\nWhat this shows.\n",
                DirectiveBody.HeadingAndText => "### Do this if:\n\n- something holds\n",
                DirectiveBody.Table => "| | One | Other |\n|---|---|---|\n| What is compared | this | that |\n\nWhat this compares.\n",
                DirectiveBody.Text => "What there is to say.\n",
                _ => "",
            };
            var argument = Arguments is [var first, ..] ? first : Takes;
            return $":::{Name}{(argument.Length > 0 ? $" {argument}" : "")}\n{body}:::\n";
        }
    }
}
