using System.Text.RegularExpressions;

namespace AmfmSite.UnitTests.Architecture;

/// <summary>What docs/security.md, docs/attacks.md and docs/asvs.md name as proof is there: a promise whose test was renamed away is no promise.</summary>
public sealed partial class NamedTestsTests
{
    [Theory]
    [InlineData("security.md", 100)]
    [InlineData("attacks.md", 60)]
    [InlineData("asvs.md", 150)]
    public void EveryTest_NamedInTheDocument_Exists(string document, int atLeast)
    {
        var (tests, missing, named) = (TestsByClass(), new List<string>(), 0);
        foreach (var (line, number) in File.ReadLines(Path.Combine(Repository.Root, "docs", document)).Select((line, index) => (line, index + 1)))
        {
            // `Class.Method` says whose the bare names after it are, as far as the line goes.
            var lastClass = "";
            foreach (var name in Quoted().Matches(line).Select(match => match.Groups[1].Value))
            {
                if (ClassName().Match(name) is { Success: true } parts)
                {
                    (lastClass, var method) = (parts.Groups[1].Value, parts.Groups[2].Value);
                    named++;
                    if (!tests.TryGetValue(lastClass, out var methods) || (method.Length > 0 && !Holds(methods, method))) missing.Add($"line {number}: {name}");
                }
                else if (MethodName().IsMatch(name))
                {
                    named++;
                    if (!tests.TryGetValue(lastClass, out var methods) || !Holds(methods, name)) missing.Add($"line {number}: {(lastClass.Length > 0 ? lastClass + "." : "")}{name}");
                }
            }
        }

        Assert.Empty(missing);
        Assert.True(named >= atLeast, $"Only {named} names were found in {document}: the check proves nothing.");
    }

    private static bool Holds(IReadOnlyCollection<string> methods, string name) =>
        name.EndsWith('*') ? methods.Any(method => method.StartsWith(name[..^1], StringComparison.Ordinal)) : methods.Contains(name);

    /// <summary>From the sources, for a test project does not load the others. Classes of one name in two projects count as one.</summary>
    private static Dictionary<string, HashSet<string>> TestsByClass()
    {
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            foreach (var name in TestClass().Matches(text).Select(match => match.Groups[1].Value))
            {
                if (!found.TryGetValue(name, out var methods)) found[name] = methods = new(StringComparer.Ordinal);
                methods.UnionWith(TestMethod().Matches(text).Select(match => match.Groups[1].Value));
            }
        }

        return found;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^([A-Z]\w*Tests)(?:\.(\w+\*?))?$")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]*_\w*\*?$")]
    private static partial Regex MethodName();

    [GeneratedRegex(@"\bclass ([A-Z]\w*Tests)\b")]
    private static partial Regex TestClass();

    /// <summary>With a [Fact] or [Theory] of some kind before it.</summary>
    [GeneratedRegex(@"\[\w*(?:Fact|Theory)\b[^\n]*\](?:\s*\[[^\n]*\])*\s*public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex TestMethod();
}
