using System.Text.Json;
using AmfmSite.Features.Content;
using AmfmSite.UnitTests.Architecture;

namespace AmfmSite.UnitTests.Features.Content;

/// <summary>References from elsewhere: what is taken of them, and what is said of the others.</summary>
public sealed class CslReaderTests
{
    private const string Good = "\"type\":\"article-journal\",\"title\":\"A study of waiting\",\"issued\":{\"date-parts\":[[2021]]}";

    /// <summary>As it is written here, what is read, and as it stands in the store.</summary>
    [Fact]
    public void Read_AnEntryOfZotero_TakesWhatTheSiteUsesAndNothingElse()
    {
        var reading = CslReader.Read("""
            [{"id":"http://zotero.org/users/1/items/ABC","type":"article-journal","abstract":"Long.","container-title":"Journal of Birds","DOI":"https://doi.org/10.5555/ABC.1","ISSN":"0000-0000",
              "issue":"2","language":"en","note":"grade: supports","page":"10-19","source":"Crossref","title":"The heron's   patience:\na \u202e review","volume":"7","URL":"https://example.org/a",
              "author":[{"family":"Heron","given":"Ann"},{"family":"Wader","given":"Bea","non-dropping-particle":"van der","suffix":"Jr."},{"literal":"Society of Birds"}],
              "accessed":{"date-parts":[["2024",5,1]]},"issued":{"date-parts":[["2021",3,"14"]]},"grade":"supports","checkedBy":"me"}]
            """);
        Assert.Equal("", reading.Problem);
        Assert.Equal(["ISSN", "abstract", "accessed", "checkedBy", "grade", "language", "note", "source", "suffix of an author"], reading.LeftOut);
        var entry = Assert.Single(reading.Entries);
        Assert.Empty(entry.Faults);
        Assert.Equal("""
            {
                "id": "R105",
                "type": "article-journal",
                "title": "The heron’s patience: a review",
                "author": [
                  {
                    "family": "Heron",
                    "given": "Ann"
                  },
                  {
                    "family": "van der Wader",
                    "given": "Bea"
                  },
                  {
                    "literal": "Society of Birds"
                  }
                ],
                "issued": {
                  "date-parts": [
                    [
                      2021,
                      3,
                      14
                    ]
                  ]
                },
                "container-title": "Journal of Birds",
                "volume": "7",
                "issue": "2",
                "page": "10-19",
                "DOI": "10.5555/ABC.1",
                "URL": "https://example.org/a"
              }
            """.ReplaceLineEndings("\n"), CslJson.Write(entry.Reference! with { Id = "R105" }));
    }

    /// <summary>The form of the pack is the form in which an import is stored.</summary>
    [Fact]
    public void Write_OfEveryReferenceOfThePack_IsWhatStandsThere()
    {
        using var pack = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Source, "Content", "references.json")));
        var texts = pack.RootElement.EnumerateArray().Select(entry => entry.GetRawText()).ToList();
        Assert.True(texts.Count > 50);
        Assert.All(texts, text => Assert.Equal(text, CslJson.Write(CslJson.Parse(text)!)));
    }

    [Theory]
    [InlineData("\"volume\":12,\"issue\":3,\"page\":\"e1\"", "12", "3", "e1")]
    [InlineData("\"volume\":\" 12 \",\"issue\":\"3-4\",\"page\":7", "12", "3-4", "7")]
    [InlineData("\"volume\":null,\"issue\":\"\"", "", "", "")]
    public void Read_NumbersAndNumbersInQuotes_AreTexts(string fields, string volume, string issue, string page)
    {
        var reference = Reference($"{Good},{fields}");
        Assert.Equal((volume, issue, page), (reference.Volume, reference.Issue, reference.Page));
    }

    [Theory]
    [InlineData("10.5555/AbC", "10.5555/AbC")]
    [InlineData("doi:10.5555/AbC", "10.5555/AbC")]
    [InlineData("DOI: 10.5555/AbC", "10.5555/AbC")]
    [InlineData("http://dx.doi.org/10.5555/AbC", "10.5555/AbC")]
    [InlineData("https://www.DOI.org/10.5555/AbC", "10.5555/AbC")]
    [InlineData("10.5555/doi-of-dois", "10.5555/doi-of-dois")]
    [InlineData(" ", "")]
    public void Read_ADoiInAnyDress_IsKeptBare(string written, string bare) => Assert.Equal(bare, Reference($"{Good},\"DOI\":\"{written}\"").Doi);

    [Theory]
    [InlineData("[2021]", new[] { 2021 })]
    [InlineData("[\"2021\",\"07\"]", new[] { 2021, 7 })]
    [InlineData("[2020,2,29]", new[] { 2020, 2, 29 })]
    public void Read_ADate_IsTakenAsFarAsItIsKnown(string parts, int[] read) =>
        Assert.Equal(read, Reference($"\"type\":\"webpage\",\"title\":\"T\",\"issued\":{{\"date-parts\":[{parts}],\"raw\":\"whenever\"}}").Issued!.DateParts.Single());

    [Theory]
    [InlineData("{\"family\":\"Heron\"}", "Heron", null, null)]
    [InlineData("{\"family\":\"\",\"literal\":\"Society\"}", null, null, "Society")]
    [InlineData("{\"family\":\"Avocet\",\"given\":\"J.\",\"dropping-particle\":\"d’\"}", "d’Avocet", "J.", null)]
    public void Read_AnAuthor_KeepsTheNameWhole(string author, string? family, string? given, string? literal) =>
        Assert.Equal(new CslName(family, given, literal), Reference($"{Good},\"author\":[{author}]").Author.Single());

    [Theory]
    [InlineData("\"title\":\"T\",\"issued\":{\"date-parts\":[[2021]]}", "It has no type.")]
    [InlineData("\"type\":\"chapter\",\"title\":\"T\",\"issued\":{\"date-parts\":[[2021]]}", "Its type is chapter.")]
    [InlineData("\"type\":7,\"title\":\"T\",\"issued\":{\"date-parts\":[[2021]]}", "type: a number stands where a text belongs.")]
    [InlineData("\"type\":\"book\",\"issued\":{\"date-parts\":[[2021]]}", "It has no title.")]
    [InlineData("\"type\":\"book\",\"title\":\" \\u0000\\n\",\"issued\":{\"date-parts\":[[2021]]}", "It has no title.")]
    [InlineData("\"type\":\"book\",\"title\":[\"T\"],\"issued\":{\"date-parts\":[[2021]]}", "title: a list stands where a text belongs.")]
    [InlineData("\"type\":\"book\",\"title\":\"T\"", "issued is missing")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":null", "issued is missing")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":\"2021\"", "issued: a text stands where a date in parts belongs")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{}", "issued holds no date-parts")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"raw\":\"2021\"}", "Its date is free text")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":2021}", "write one date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[]}", "write one date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[]]}", "write one date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[2020],[2021]]}", "write one date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[2020,1,1,1]]}", "write one date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[null]]}", "this is no date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[\"n.d.\"]]}", "this is no date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[21]]}", "this is no date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[2021.5]]}", "this is no date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[1e999]]}", "this is no date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[2021,13]]}", "this is no date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[2021,2,29]]}", "this is no date")]
    [InlineData("\"type\":\"book\",\"title\":\"T\",\"issued\":{\"date-parts\":[[2021,0,1]]}", "this is no date")]
    [InlineData(Good + ",\"DOI\":\"hea0000059\"", "“hea0000059” is no DOI.")]
    [InlineData(Good + ",\"DOI\":\"10.5555/<b>\"", "“10.5555/<b>” is no DOI.")]
    [InlineData(Good + ",\"DOI\":10.5555", "DOI: a number stands where a text belongs.")]
    [InlineData(Good + ",\"URL\":\"javascript:alert(1)\"", "“javascript:alert(1)” is no address on the web.")]
    [InlineData(Good + ",\"URL\":\"/a\"", "is no address on the web.")]
    [InlineData(Good + ",\"author\":\"Ann Heron\"", "author: a text stands where a list of names belongs.")]
    [InlineData(Good + ",\"author\":[\"Ann Heron\"]", "Author 1 is a text, and no name in parts.")]
    [InlineData(Good + ",\"author\":[{\"family\":\"Heron\"},{\"given\":\"Bea\"}]", "Author 2 has no name.")]
    [InlineData(Good + ",\"author\":[{}]", "Author 1 has no name.")]
    [InlineData(Good + ",\"author\":[{\"family\":[]}]", "family: a list stands where a text belongs.")]
    [InlineData(Good + ",\"volume\":1e999", "volume: this number cannot be kept as it is.")]
    [InlineData(Good + ",\"volume\":-1", "volume: this number cannot be kept as it is.")]
    [InlineData(Good + ",\"issue\":true", "issue: true or false stands where a text belongs.")]
    [InlineData(Good + ",\"title\":\"Another\"", "title stands twice.")]
    [InlineData(Good + ",\"publisher\":\"\\ud800\"", "half a sign")]
    [InlineData(Good + ",\"\\ud800\":1", "half a sign")]
    public void Read_AnEntryWithAFault_SaysWhich(string fields, string says)
    {
        var entry = Assert.Single(CslReader.Read($"{{{fields}}}").Entries);
        Assert.Null(entry.Reference);
        Assert.Contains(entry.Faults, fault => fault.Contains(says, StringComparison.Ordinal) && fault.EndsWith('.'));
    }

    [Fact]
    public void Read_AnEntryWithManyFaults_GathersAllAndTheOthersAreTaken()
    {
        var entries = CslReader.Read($$"""[{"type":"song","title":"A song","author":[{}],"DOI":"x","URL":"y","volume":[]}, 7, {{{Good}}}]""").Entries;
        Assert.Equal((1, "A song", 6), (entries[0].Place, entries[0].Title, entries[0].Faults.Count));
        Assert.Equal(["Here stands a number, and no entry."], entries[1].Faults);
        Assert.Equal((3, "A study of waiting", 0), (entries[2].Place, entries[2].Title, entries[2].Faults.Count));
    }

    [Fact]
    public void Read_Markup_IsPlainText()
    {
        const string Title = "<script>alert(1)</script> and <i>more</i> &amp; so on";
        var reference = Reference($"\"type\":\"webpage\",\"title\":\"{Title}\",\"issued\":{{\"date-parts\":[[2021]]}},\"URL\":\"https://example.org/?q=<b>\"");
        Assert.Equal(Title, reference.Title);
        Assert.DoesNotContain("<script", reference.ToApa().ToString(), StringComparison.Ordinal);
        Assert.Equal(Title, CslJson.Parse(CslJson.Write(reference))!.Title);
    }

    public static TheoryData<string, string> Unreadable => new()
    {
        { "", "Paste CSL-JSON" },
        { " \n", "Paste CSL-JSON" },
        { "@article{heron2021, title={A study}}", "Look at line 1" },
        { "[\n{\"type\":\"book\",}]", "Look at line 2" },
        { "[{\"type\":\"book\"", "cannot be read as JSON" },
        { "7", "neither a list of entries nor one entry" },
        { "\"text\"", "neither a list of entries nor one entry" },
        { "null", "neither a list of entries nor one entry" },
        { "[]", "There is no entry" },
        { new string('[', 100_000), "too many brackets stand in each other" },
        { $"[{{{Good},\"x\":{string.Concat(Enumerable.Repeat("{\"x\":", 5000))}", "too many brackets stand in each other" },
        { $"[{string.Join(',', Enumerable.Repeat("{}", CslReader.MostEntries + 1))}]", $"There are {CslReader.MostEntries + 1} entries" },
        { new string(' ', CslReader.MostBytes) + "[]", "longer than 512 KB" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Read_WhatIsNoCslJson_IsRefusedInWords(string text, string says)
    {
        var reading = CslReader.Read(text);
        Assert.Contains(says, reading.Problem, StringComparison.Ordinal);
        Assert.Empty(reading.Entries);
    }

    /// <summary>Not among the above: a runner that writes its cases down mends such a sign.</summary>
    [Fact]
    public void Read_HalfASignByItself_IsRefusedInWords() => Assert.Contains("signs that belong to no text", CslReader.Read("[\"\ud800\"]").Problem, StringComparison.Ordinal);

    [Fact]
    public void Read_OneEntryBehindAByteOrderMark_IsRead() => Assert.Single(CslReader.Read($"\uFEFF{{{Good}}}").Entries);

    /// <summary>What one import may hold is more than what one record may.</summary>
    [Fact]
    public void Read_WhatIsLongerThanARecord_IsRefused()
    {
        Assert.Contains("title: is longer than 1000 characters.", CslReader.Read($"{{\"type\":\"book\",\"title\":\"{new string('a', 1001)}\",\"issued\":{{\"date-parts\":[[2021]]}}}}").Entries[0].Faults);
        var authors = string.Join(',', Enumerable.Repeat("{\"family\":\"Heron\",\"given\":\"Ann\"}", 5000));
        Assert.Equal(["It is longer than 200 KB."], CslReader.Read($"{{{Good},\"author\":[{authors}]}}").Entries[0].Faults);
    }

    private static CslReference Reference(string fields)
    {
        var entry = Assert.Single(CslReader.Read($"[{{{fields}}}]").Entries);
        Assert.Empty(entry.Faults);
        return entry.Reference!;
    }
}
