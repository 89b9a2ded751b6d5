using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.UnitTests.Features.Content;

/// <summary>References that were written by hand: what could not be drawn is refused before it is published.</summary>
public sealed class ReferenceRulesTests
{
    [Theory]
    [InlineData("\"issued\": {\"date-parts\": [[2023, 40]]}", "this is no date")]
    [InlineData("\"issued\": {\"date-parts\": [[2023, 2, 30]]}", "this is no date")]
    [InlineData("\"issued\": {\"date-parts\": [[23]]}", "this is no date")]
    [InlineData("\"issued\": {\"date-parts\": [[]]}", "this is no date")]
    [InlineData("\"issued\": {\"date-parts\": [null]}", "this is no date")]
    [InlineData("\"issued\": {\"date-parts\": [[2023], [2024]]}", "this is no date")]
    [InlineData("\"author\": [null]", "an author has no name")]
    [InlineData("\"author\": [{\"given\": \"Wren\"}]", "an author has no name")]
    [InlineData("\"issued\": {\"date-parts\": [[2024, 2, 29]]}, \"author\": [{\"literal\": \"The wrens\"}]", null)]
    [InlineData("\"issued\": {\"date-parts\": [[2024, 12]]}, \"author\": [{\"family\": \"Heron\", \"given\": \"A.\"}]", null)]
    [InlineData("\"issued\": {\"date-parts\": [[1999]]}", null)]
    public void Reference_ThatCouldNotBeDrawn_IsAFault(string fields, string? says)
    {
        var faults = new List<ContentFault>();
        var references = RecordRules.References([new SourceFile(ContentKinds.Reference, "R950", "references.json", $$"""{"id": "R950", "type": "webpage", "title": "A page", {{fields}}}""")], faults);
        if (says is null)
        {
            Assert.Empty(faults);
            Assert.Contains("A page", references["R950"].ToApa().ToString()!, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(says, Assert.Single(faults).Message, StringComparison.Ordinal);
        }
    }
}
