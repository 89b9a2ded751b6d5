using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace AmfmSite.UnitTests.Architecture;

/// <summary>Patterns that a text can slow down: every one of the program is found by itself, and tried with texts made against it.</summary>
public sealed partial class PatternTests
{
    private const int Length = 50_000, Parts = 100;

    /// <summary>So many times longer may one text take than the same signs in a hundred parts. A pattern that goes back over what it has read takes about a hundred times as long.</summary>
    private const double MostRatio = 20;

    /// <summary>Microseconds.</summary>
    private const double Fast = 2_000;

    /// <summary>Beginnings of what the patterns look for, again and again, and never an end.</summary>
    private static readonly string[] Pieces =
    [
        "a", "A", "1", " ", "\n", "'", "-", "<", ">", "é", "\u0301", "🙂", "a1", "a ", "a'", "- ", "commit ", "suicide ", "inpatient ", "AAAA ", "AAAA, ", "end your ", "100 ", "account ",
        "account deadbeef-", "account deadbeef-dead-dead-dead-", "dead-", "failed ", "victim of ", "no side effects ", "10.1234/", "12 rows ", "12 rows 2026-11-22/2026-11-22 ", "a+", "9:", "09:30 ", "a.b@", "\u00ad", "ﷺ",
    ];

    [Fact]
    public void EveryPattern_OnTextsMadeAgainstIt_TakesTimeInProportionToTheirLength()
    {
        var patterns = Patterns().ToList();
        Assert.True(patterns.Count >= 15, $"Only {patterns.Count} patterns were found.");
        var slow = new List<string>();
        foreach (var (name, pattern) in patterns)
        {
            foreach (var piece in Pieces)
            {
                var text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
                var part = text[..(text.Length / Parts)];
                pattern.Count(part);
                var (inParts, asOne) = (Least(2, () => { for (var i = 0; i < Parts; i++) pattern.Count(part); }), Least(1, () => pattern.Count(text)));

                // A machine with much to do may stop either at the wrong moment; a pattern that goes back is slow every time.
                if (asOne > MostRatio * inParts) asOne = Math.Min(asOne, Least(10, () => pattern.Count(text)));
                if (asOne > MostRatio * inParts) slow.Add($"{name} takes {asOne / inParts:0} times as long for one text of “{piece}”");
            }
        }

        Assert.Empty(slow);
    }

    /// <summary>What is measured above would miss a pattern that is made while the program runs.</summary>
    [Fact]
    public void Patterns_AreAllGenerated()
    {
        var made = Directory.EnumerateFiles(Repository.Source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && MadeAtRunTime().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Source, file));
        Assert.Empty(made);
    }

    private static IEnumerable<(string Name, Regex Pattern)> Patterns() => typeof(global::Program).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(method => method.GetCustomAttribute<GeneratedRegexAttribute>() is not null && method.ReturnType == typeof(Regex))
            .Select(method => ($"{type.Name}.{method.Name}", (Regex)method.Invoke(null, null)!)));

    /// <summary>
    /// Of several runs the fastest, and what is fast counts as two milliseconds: whatever else the machine does only adds,
    /// and a pattern that goes back takes half a second for these texts.
    /// </summary>
    private static double Least(int runs, Action work)
    {
        var least = double.MaxValue;
        for (var i = 0; i < runs; i++)
        {
            var watch = Stopwatch.StartNew();
            work();
            least = Math.Min(least, watch.Elapsed.TotalMicroseconds);
        }

        return Math.Max(least, Fast);
    }

    [GeneratedRegex(@"\bnew Regex\(|\bRegex\.(?:IsMatch|Match|Matches|Replace|Split|Count|EnumerateMatches)\(")]
    private static partial Regex MadeAtRunTime();
}
