using System.Diagnostics;
using AmfmSite.Features.Content;

namespace AmfmSite.UnitTests.Features.Content;

/// <summary>Texts made to stop the site: by their depth, by what stands for what, by going back over what was read.</summary>
public sealed class HostileTextTests
{
    private const int Length = 200_000, Parts = 20, Paragraph = 4_800;

    /// <summary>So many times longer may one text take than its parts one after the other; what takes time by the square takes about twenty times as long.</summary>
    private const double MostRatio = 8;

    /// <summary>Milliseconds; what is faster counts as this much.</summary>
    private const double Fast = 20;

    public static TheoryData<string> Pieces =>
    [
        "**a", "[", "[a](", "[@", "[@R08] ", "{", "|a", "> ", "## a\n\n", ":::callout\n", "a\n:   b\n", "[a](page:a#b) ", "<https://a.b> ", "guaranteed ", "AAAA AAAA ", "<sup>",
    ];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Compile_TextOfBeginnings_TakesTimeInProportionToItsLength(string piece)
    {
        var paragraph = string.Concat(Enumerable.Repeat(piece, Paragraph / piece.Length)) + "\n\n";
        var text = string.Concat(Enumerable.Repeat(paragraph, Length / Paragraph));
        var part = string.Concat(Enumerable.Repeat(paragraph, Length / Paragraph / Parts));
        Try(part);
        var ratio = Ratio(1);

        // A machine with much to do may stop either at the wrong moment; what goes back is slow every time.
        for (var more = 0; ratio > MostRatio && more < 3; more++) ratio = Math.Min(ratio, Ratio(1));
        Assert.True(ratio <= MostRatio, $"One text takes {ratio:0} times as long as its parts.");

        double Ratio(int runs) => Least(runs, () => Try(text)) / Least(runs, () =>
        {
            for (var i = 0; i < Parts; i++) Try(part);
        });
    }

    /// <summary>Within a paragraph the parser goes back, so none is longer than it can bear: without that, the first of these takes half a minute.</summary>
    [Theory]
    [InlineData("[a](")]
    [InlineData("[a]: b\n")]
    [InlineData("![a")]
    [InlineData("> a\n")]
    public void Compile_ParagraphWithoutEnd_IsRefusedUnread(string piece)
    {
        var faults = DraftPack.Faults(string.Concat(Enumerable.Repeat(piece, Length / piece.Length)));
        Assert.Contains(faults, fault => fault.Rule == ContentRules.Size && fault.Message.Contains("Put empty lines between its parts.", StringComparison.Ordinal));
        Assert.Contains(DraftPack.Faults($"head> lead: \"{new string('[', Length)}\"\nText.\n"), fault => fault.Rule == ContentRules.Size);
    }

    /// <summary>Long heads are read too: thousands of claims, and a lead of nothing but links.</summary>
    [Theory]
    [InlineData("head>   {0}: {{claim: a}}\n", "head> claims:\n")]
    [InlineData("head>   - rule{0}\n", "head> promise:\n")]
    public void Compile_LongHead_TakesTimeInProportionToItsLength(string line, string before)
    {
        string Of(int lines) => before + string.Concat(Enumerable.Range(0, lines).Select(i => string.Format(null, line, $"R{i:00000}"))) + "Text.\n";
        var (text, part) = (Of(6000), Of(300));
        Try(part);
        var ratio = Enumerable.Range(0, 3).Min(_ => Least(1, () => Try(text)) / Least(1, () =>
        {
            for (var i = 0; i < Parts; i++) Try(part);
        }));
        Assert.True(ratio <= MostRatio, $"One head takes {ratio:0} times as long as its parts.");
    }

    [Theory]
    [InlineData("> ", "")]
    [InlineData(">", "")]
    [InlineData("- ", "")]
    [InlineData("1. ", "")]
    [InlineData("*a **b ", "** c*")]
    [InlineData("[", "](page:a)")]
    public void Compile_ThousandsOfLevels_AreRefusedOrFlatAndEndNoProcess(string open, string close)
    {
        var levels = Paragraph / (open.Length + close.Length);
        var draft = string.Concat(Enumerable.Repeat(open, levels)) + "a" + string.Concat(Enumerable.Repeat(close, levels)) + "\n";
        var faults = DraftPack.Faults(draft);
        if (close.Length == 0) Assert.Contains(faults, fault => fault.Rule == ContentRules.Nesting && fault.Message.Contains("Write it flatter.", StringComparison.Ordinal));
        else Assert.All(faults, fault => Assert.NotEmpty(fault.Message));
    }

    [Fact]
    public void Compile_StepsOfThousandsOfLevels_AreRefused()
    {
        var draft = string.Concat(Enumerable.Range(0, 400).Select(level => new string(' ', 2 * level) + "- a\n\n"));
        Assert.Contains(DraftPack.Faults(draft), fault => fault.Rule == ContentRules.Nesting);
        Assert.Contains(DraftPack.Faults($"head> lead: \"{new string('>', 3000)} a\"\nText.\n"), fault => fault.Rule == ContentRules.Nesting);
        Assert.Contains(DraftPack.Faults("file> redirects.yaml\n" + new string('[', 100_000)), fault => fault.Rule == ContentRules.FrontMatter);
    }

    [Fact]
    public void Compile_BombOfAliases_IsRefusedBeforeItGrows()
    {
        var bomb = "- &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"- &{(char)('b' + i)} [{string.Join(", ", Enumerable.Repeat("*" + (char)('a' + i), 9))}]\n"));
        var fault = Assert.Single(DraftPack.Faults("file> synonyms.yaml\n" + bomb));
        Assert.Equal((ContentRules.YamlAnchor, 1), (fault.Rule, fault.Line));
    }

    [Fact]
    public void Compile_FileBeyondAnySense_IsRefusedUnread()
    {
        var fault = Assert.Single(DraftPack.Faults("file> redirects.yaml\n" + new string('[', ContentCompiler.MostCharacters + 1)));
        Assert.Equal(ContentRules.Size, fault.Rule);
    }

    /// <summary>Compiled, whatever comes of it, and read as search reads what may be published.</summary>
    private static void Try(string draft)
    {
        foreach (var block in DraftPack.Try(draft).Snapshot?.Pages.SelectMany(page => page.Blocks) ?? []) _ = block.Html.Sections().Count() + block.Html.ToText().Length;
    }

    private static double Least(int runs, Action work)
    {
        var least = double.MaxValue;
        for (var i = 0; i < runs; i++)
        {
            var watch = Stopwatch.StartNew();
            work();
            least = Math.Min(least, watch.Elapsed.TotalMilliseconds);
        }

        return Math.Max(least, Fast);
    }
}
