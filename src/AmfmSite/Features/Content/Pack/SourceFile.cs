namespace AmfmSite.Features.Content.Pack;

/// <summary>One record as it is written: its kind and key, the file it belongs to, and its text.</summary>
public sealed record SourceFile(string Kind, string Key, string Path, string Text)
{
    /// <summary>Line, from 1, on which this key of its YAML first stands, "caps.perDay" below caps; the first line when it is missing.</summary>
    public int LineOf(string key)
    {
        var (lines, at) = (Lines(), 0);
        foreach (var part in key.Split('.')) at = Math.Max(at, Array.FindIndex(lines, at, line => line.StartsWith(part + ":", StringComparison.Ordinal)));
        return at + 1;
    }

    /// <summary>The last line on which the key stands with this value.</summary>
    public int LineOf(string key, string value) => Math.Max(0, Array.FindLastIndex(Lines(), line => line.TrimEnd() == $"{key}: {value}")) + 1;

    private string[] Lines() => [.. Text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimStart(' ', '-'))];
}
