using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>Collects the faults of one file with the lines they stand on.</summary>
/// <param name="linesBefore">Lines of the file before its Markdown begins.</param>
internal sealed class PageFaults(SourceFile file, int linesBefore, List<ContentFault> faults)
{
    private readonly string[] _lines = file.Text.ReplaceLineEndings("\n").Split('\n');

    /// <param name="line">Line of the Markdown, from 1.</param>
    public void InText(int line, string message) => faults.Add(new(file.Path, line + linesBefore, message));

    /// <param name="key">Key of the front matter that is meant. A missing key is said of the first line.</param>
    public void InHead(string key, string message)
    {
        var line = Array.FindIndex(_lines, 0, Math.Min(linesBefore, _lines.Length), written => written.TrimStart().StartsWith(key + ":", StringComparison.Ordinal));
        faults.Add(new(file.Path, Math.Max(line, 0) + 1, message));
    }
}
