using System.Text.RegularExpressions;

namespace AmfmSite.UnitTests.Architecture;

/// <summary>Who may use whom, read from the source files' using lines.</summary>
public sealed partial class DirectionTests
{
    [Theory]
    [InlineData("Mail", "AmfmSite.Features", "AmfmSite.Outbox", "AmfmSite.Storage", "AmfmSite.Web")]
    [InlineData("Features/Content", "AmfmSite.Features.Pages", "AmfmSite.Features.Intake", "AmfmSite.Features.Staff", "AmfmSite.Mail", "AmfmSite.Outbox")]
    [InlineData("Features/CallbackRequests", "AmfmSite.Features.Intake", "AmfmSite.Features.MyRequest", "AmfmSite.Features.Pages")]
    [InlineData("Features/MyRequest", "AmfmSite.Features.Intake", "AmfmSite.Features.Pages", "AmfmSite.Mail", "AmfmSite.Outbox")]
    [InlineData("Features/Pages", "AmfmSite.Features.Intake", "AmfmSite.Features.Staff", "AmfmSite.Storage", "AmfmSite.Mail", "AmfmSite.Outbox")]
    [InlineData("Features/Staff", "AmfmSite.Features.Intake", "AmfmSite.Features.CallbackRequests", "AmfmSite.Features.Pages")]
    [InlineData("Storage/Sealing", "AmfmSite.Features", "AmfmSite.Outbox", "AmfmSite.Mail", "AmfmSite.Web")]
    public void Room_UsesOnlyWhatStandsBelowIt(string room, params string[] forbidden)
    {
        var uses = Files(room).SelectMany(file => UsingLine().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Namespace: match.Groups[1].Value)));
        Assert.DoesNotContain(uses, use => forbidden.Any(name => use.Namespace == name || use.Namespace.StartsWith(name + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void Html_IsMadeInOnePlace()
    {
        var makers = Files("").Where(file => File.ReadAllText(file) is var text && (text.Contains("new ContentHtml(", StringComparison.Ordinal) || text.Contains("HtmlString", StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(Repository.Source, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
        Assert.Equal(["Features/Content/ApaStyle.cs", "Features/Content/ContentHtml.cs", "Features/Content/Markdown/PageRenderer.cs", "Web/LandscapeTagHelper.cs"], makers);
    }

    [Fact]
    public void Actions_StayAndControllersStaySmall()
    {
        foreach (var file in Files("Features").Where(file => file.EndsWith("Controller.cs", StringComparison.Ordinal)))
            Assert.True(File.ReadAllLines(file).Length <= 110, $"{Path.GetFileName(file)} is long; a new verb is a new controller.");
    }

    private static IEnumerable<string> Files(string room) => Directory.EnumerateFiles(Path.Combine(Repository.Source, room), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"^using (?:static )?(AmfmSite[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
