using System.Globalization;
using System.Text.RegularExpressions;

namespace AmfmSite.UnitTests.Architecture;

/// <summary>docs/asvs.md answers each requirement of levels 1 and 2 of OWASP ASVS 5.0.0 once. What its lines name is looked for by <see cref="NamedTestsTests"/>.</summary>
public sealed partial class AsvsTests
{
    /// <summary>By section, how many requirements are of level 1 or 2. In 5.0.0 these are always the first ones of a section, so a number is enough.</summary>
    private static readonly (string Section, int Requirements)[] Sections =
    [
        ("1.1", 2), ("1.2", 9), ("1.3", 11), ("1.4", 3), ("1.5", 2),
        ("2.1", 3), ("2.2", 3), ("2.3", 4), ("2.4", 1),
        ("3.2", 2), ("3.3", 4), ("3.4", 6), ("3.5", 5), ("3.7", 2),
        ("4.1", 3), ("4.2", 1), ("4.3", 2), ("4.4", 4),
        ("5.1", 1), ("5.2", 3), ("5.3", 2), ("5.4", 3),
        ("6.1", 3), ("6.2", 12), ("6.3", 4), ("6.4", 4), ("6.5", 5), ("6.6", 3), ("6.8", 4),
        ("7.1", 3), ("7.2", 4), ("7.3", 2), ("7.4", 5), ("7.5", 2), ("7.6", 2),
        ("8.1", 2), ("8.2", 3), ("8.3", 1), ("8.4", 1),
        ("9.1", 3), ("9.2", 4),
        ("10.1", 2), ("10.2", 2), ("10.3", 4), ("10.4", 11), ("10.5", 5), ("10.6", 2), ("10.7", 3),
        ("11.1", 2), ("11.2", 3), ("11.3", 3), ("11.4", 4), ("11.5", 1), ("11.6", 1),
        ("12.1", 3), ("12.2", 2), ("12.3", 4),
        ("13.1", 1), ("13.2", 5), ("13.3", 2), ("13.4", 5),
        ("14.1", 2), ("14.2", 4), ("14.3", 3),
        ("15.1", 3), ("15.2", 3), ("15.3", 7),
        ("16.1", 1), ("16.2", 5), ("16.3", 4), ("16.4", 3), ("16.5", 3),
        ("17.1", 1), ("17.2", 4), ("17.3", 2),
    ];

    private static readonly List<string> All = [.. Sections.SelectMany(section => Enumerable.Range(1, section.Requirements).Select(number => string.Create(CultureInfo.InvariantCulture, $"{section.Section}.{number}")))];

    [Fact]
    public void EveryRequirement_StandsInTheTableOnceInItsOrder()
    {
        Assert.Equal(253, All.Count);
        Assert.Equal(All, Rows().SelectMany(row => row.Numbers));
    }

    [Fact]
    public void EveryRow_SaysHowItIsMet_AndWhatIsNotStandsAtTheEndToo()
    {
        Assert.All(Rows(), row => Assert.True(row.How.Length > 3, $"{row.Numbers[0]} says nothing."));
        var notMet = Rows().Where(row => row.How.Contains("Not met", StringComparison.Ordinal)).Select(row => row.Numbers[0]);
        Assert.Equal(notMet, File.ReadLines(Document).Select(line => Item().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Counts_AtTheTop_AreThoseOfTheTable()
    {
        var notApplying = Rows().Where(row => row.How.StartsWith("Does not apply: ", StringComparison.Ordinal)).Sum(row => row.Numbers.Count);
        var notMet = Rows().Count(row => row.How.Contains("Not met", StringComparison.Ordinal));
        var text = File.ReadAllText(Document);
        Assert.Contains($"{notApplying} do not apply, {notMet} are not met", text, StringComparison.Ordinal);
    }

    private static string Document => Path.Combine(Repository.Root, "docs", "asvs.md");

    private static List<(IReadOnlyList<string> Numbers, string How)> Rows() =>
        [.. File.ReadLines(Document).Select(line => Row().Match(line)).Where(match => match.Success).Select(match => (Between(match.Groups[1].Value, match.Groups[2].Value), match.Groups[3].Value.Trim()))];

    private static List<string> Between(string first, string last)
    {
        var (from, to) = (All.IndexOf(first), All.IndexOf(last.Length > 0 ? last : first));
        return from >= 0 && to >= from ? All[from..(to + 1)] : [$"{first} {last}: no such requirement"];
    }

    [GeneratedRegex(@"^\| v5\.0\.0-([\d.]+)(?: to v5\.0\.0-([\d.]+))? \|[^|]+\|([^|]+)\|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^- v5\.0\.0-([\d.]+):")]
    private static partial Regex Item();
}
