using System.Text.RegularExpressions;
using AmfmSite.Web;

namespace AmfmSite.UnitTests.Architecture;

/// <summary>What a log line names is on the list, and what is on the list is named somewhere: so each new name is a decision.</summary>
public sealed partial class LogPropertyTests
{
    [Fact]
    public void Allowed_AreTheNamesThatOurLinesUse()
    {
        var used = Directory.EnumerateFiles(Repository.Source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Line().Matches(File.ReadAllText(file)))
            .SelectMany(line => Name().Matches(line.Value).Select(name => name.Groups[1].Value)).ToHashSet();
        Assert.Contains("Reference", used);
        Assert.Equal(used.Order(), LogProperties.OfOurs.Order());
    }

    /// <summary>A call of a logger or a parsed template, up to the end of its statement.</summary>
    [GeneratedRegex(@"(?:\.Log(?:Trace|Debug|Information|Warning|Error|Critical)?\(|TemplateParser\(\)\.Parse\()[^;]*;")]
    private static partial Regex Line();

    /// <summary>A hole of a template; those of interpolated strings hold more than a name.</summary>
    [GeneratedRegex(@"(?<!\$""[^""]*)\{([A-Z][A-Za-z]+)(?::[^}]*)?\}")]
    private static partial Regex Name();
}
