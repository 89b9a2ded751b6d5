using AmfmSite.Features.Content.Pack;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AmfmSite.Features.Content;

/// <summary>
/// Keeps the list of redirects true to a page whose address changes. Redirects name pages by id, so an older redirect to the
/// page leads to its new address by itself: chains are flat as they are written. What stands in the file stays byte for byte.
/// </summary>
internal static class RedirectList
{
    /// <summary>Of the one record that holds them.</summary>
    public const string Key = "redirects";

    /// <summary>The redirects as they must be beside a page that is about to be published.</summary>
    /// <param name="live">Everything that is live now.</param>
    /// <param name="file">What is to be published.</param>
    /// <returns>Null when they stay as they are.</returns>
    public static PageMove? After(IReadOnlyList<SourceFile> live, SourceFile file)
    {
        if (file.Kind != ContentKinds.Page || SlugOf(file) is not { } now || !Slug.IsValid(now)) return null;
        var before = live.FirstOrDefault(other => (other.Kind, other.Key) == (file.Kind, file.Key)) is { } shown ? SlugOf(shown) : null;
        var move = new PageMove(file.Key, before == now ? null : before, now);
        return move.From is not null || (Read(TextOf(live)) ?? []).Any(move.Ends) ? move : null;
    }

    /// <summary>What would be live with this text, and with the redirects as they would be beside it.</summary>
    public static List<SourceFile> With(IReadOnlyList<SourceFile> live, SourceFile file)
    {
        var move = After(live, file);
        var others = live.Where(other => (other.Kind, other.Key) != (file.Kind, file.Key) && (move is null || other.Kind != ContentKinds.Redirects)).Append(file);
        if (move is not null) others = others.Append(new(ContentKinds.Redirects, Key, ContentPack.PathOf(ContentKinds.Redirects, Key), move.Change(TextOf(live))));
        return [.. others.OrderBy(other => other.Path, StringComparer.Ordinal)];
    }

    public static string TextOf(IReadOnlyList<SourceFile> live) => live.FirstOrDefault(file => file.Kind == ContentKinds.Redirects)?.Text ?? "";

    /// <summary>The addresses of a list with the lines they stand on, from 0; null when it cannot be read.</summary>
    internal static List<(string From, int First, int Last)>? Read(string text)
    {
        var found = new List<(string From, int First, int Last)>();
        try
        {
            var parser = new PlainYaml(new StringReader(text));
            var (depth, isKey, wanted, from, first) = (0, false, false, "", 0);
            while (parser.MoveNext())
            {
                switch (parser.Current)
                {
                    case SequenceStart { Style: not SequenceStyle.Flow } when depth == 0: depth = 1; break;
                    case MappingStart start when depth == 1: (depth, isKey, from, first) = (2, true, "", (int)start.Start.Line - 1); break;
                    case MappingEnd when depth == 2: depth = 1; break;
                    case SequenceEnd when depth == 1: depth = 0; break;
                    case Scalar scalar when depth == 2:
                        if (!isKey && wanted) from = scalar.Value;
                        wanted = isKey && scalar.Value == "from";
                        isKey = !isKey;
                        if (found.Count > 0 && found[^1].First == first) found[^1] = (from, first, (int)scalar.End.Line - 1);
                        else found.Add((from, first, (int)scalar.End.Line - 1));
                        break;
                    case NodeEvent: return null;
                }
            }
        }
        catch (Exception fault) when (fault is YamlException or InvalidOperationException)
        {
            return null;
        }

        return found;
    }

    private static string? SlugOf(SourceFile file) => FrontMatter.Split<PageFront>(file, [])?.Head.Slug;
}

/// <summary>A page is published at an address.</summary>
/// <param name="Page">Its id.</param>
/// <param name="From">Its address until now, which is to lead to it; null when it had none, or keeps it.</param>
/// <param name="To">Its address from now on, which leads nowhere else any more.</param>
internal sealed record PageMove(string Page, string? From, string To)
{
    /// <summary>The list with the one redirect more, and without one from where the page stands now.</summary>
    public string Change(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').ToList();
        if (text.Trim() is "" or "[]") lines.Clear();
        else foreach (var (_, first, last) in (RedirectList.Read(text) ?? []).Where(Ends).OrderByDescending(entry => entry.First))
            lines.RemoveRange(first, last - first + 1);
        if (From is not null) lines.AddRange([$"- from: {From}", $"  to: {Page}"]);
        return lines.Count == 0 ? "[]\n" : string.Join('\n', lines) + "\n";
    }

    /// <summary>Whether this entry has had its time.</summary>
    public bool Ends((string From, int First, int Last) entry) => entry.From.Equals(To, StringComparison.OrdinalIgnoreCase) || entry.From.Equals(From, StringComparison.OrdinalIgnoreCase);

    /// <summary>For the history.</summary>
    public string Reason => From is null ? $"{To} is the address of {Page} now" : $"{Page} moved from {From} to {To}";
}
