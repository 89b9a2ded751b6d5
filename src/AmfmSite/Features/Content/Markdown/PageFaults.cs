using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>Collects the faults of one file with the lines they stand on.</summary>
/// <param name="linesBefore">Lines of the file before its Markdown begins.</param>
internal sealed class PageFaults(SourceFile file, int linesBefore, List<ContentFault> faults)
{
    /// <param name="line">Line of the Markdown, from 1.</param>
    public void InText(int line, string message) => faults.Add(new(file.Path, line + linesBefore, message));

    /// <param name="key">Key of the front matter that is meant. A missing key is said of the first line.</param>
    public void InHead(string key, string message) => faults.Add(new(file.Path, file.LineOf(key), message));
}
