namespace AmfmSite.Features.Content.Pack;

/// <summary>What changed between two texts, by lines and short enough for a terminal.</summary>
internal static class LineDiff
{
    private const int MostLines = 12, LongestLine = 160;

    /// <returns>Lines that begin with - or +, and at last how many more there are.</returns>
    public static IEnumerable<string> Of(string before, string after)
    {
        var (old, now) = (before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        var lines = EditScript.Between(old, now).Where(stretch => !stretch.Same).SelectMany(stretch => old.Skip(stretch.Before).Take(stretch.Removed).Select(line => "- " + line)
            .Concat(now.Skip(stretch.After).Take(stretch.Added).Select(line => "+ " + line))).ToList();
        if (lines.Count == 0) lines.Add("  only the ends of lines differ");
        foreach (var line in lines.Take(MostLines)) yield return line.Length <= LongestLine ? line : line[..LongestLine] + "…";
        if (lines.Count > MostLines) yield return $"  and {lines.Count - MostLines} more lines";
    }
}
