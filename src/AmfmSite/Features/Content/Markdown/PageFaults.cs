using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Content.Markdown;

/// <summary>Collects the faults of one file with the lines they stand on.</summary>
/// <param name="linesBefore">Lines of the file before its Markdown begins.</param>
internal sealed class PageFaults(SourceFile file, int linesBefore, List<ContentFault> faults)
{
    private Dictionary<string, int>? _lines;

    /// <param name="line">Line of the Markdown, from 1.</param>
    public void InText(string rule, int line, string message) => faults.Add(new(file.Path, line + linesBefore, message, rule));

    /// <param name="key">Key of the front matter that is meant. A missing key is said of the first line.</param>
    public void InHead(string rule, string key, string message) => faults.Add(new(file.Path, LineOf(key), message, rule));

    /// <summary>As <see cref="SourceFile.LineOf(string)"/>, with every line read once: a head may have a thousand claims, each with its faults.</summary>
    public int LineOf(string key)
    {
        if (_lines is null)
        {
            _lines = new(StringComparer.Ordinal);
            var line = 0;
            foreach (var text in file.Text.AsSpan().EnumerateLines())
            {
                line++;
                if (line > linesBefore && linesBefore > 0) break;
                var written = text.TrimStart(" -");
                var colon = written.IndexOf(": ");
                if (colon < 0 && written.TrimEnd().EndsWith(":")) colon = written.TrimEnd().Length - 1;
                if (colon > 0) _lines.TryAdd(written[..colon].Trim("\"'").ToString(), line);
            }
        }

        return _lines.GetValueOrDefault(key, 1);
    }
}
