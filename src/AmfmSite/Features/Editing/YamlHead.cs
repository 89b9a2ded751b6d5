using AmfmSite.Features.Content.Pack;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AmfmSite.Features.Editing;

/// <summary>Reads and replaces single values of a YAML mapping where they stand; everything around them stays byte for byte.</summary>
internal static class YamlHead
{
    /// <summary>The value of a key of the first level, or null when it is missing or no plain text.</summary>
    public static string? Read(string yaml, string key) => Find(yaml, key)?.Value;

    /// <summary>Puts the value where the key stands, or on a line of its own at the end.</summary>
    public static string Write(string yaml, string key, string value)
    {
        var line = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (Find(yaml, key) is { } found)
        {
            var (from, to) = ((int)found.Start.Index, (int)found.End.Index);
            var gap = from > 0 && yaml[from - 1] == ':' ? " " : "";
            var end = to > from && yaml[to - 1] == '\n' ? "\n" : "";
            return string.Concat(yaml.AsSpan(0, from), gap, Quoted(line, found.Style), end) + yaml[to..];
        }

        if (line.Length == 0) return yaml;

        // A head that cannot be read is mended by hand; what was typed into a field is kept in it all the same.
        var lines = yaml.Split('\n').ToList();
        var at = lines.FindIndex(other => other.StartsWith(key + ":", StringComparison.Ordinal));
        if (at >= 0) lines[at] = $"{key}: {Quoted(line, ScalarStyle.Plain)}";
        else lines.Insert(lines.Count > 0 && lines[^1].Length == 0 ? lines.Count - 1 : lines.Count, $"{key}: {Quoted(line, ScalarStyle.Plain)}");
        return string.Join('\n', lines);
    }

    private static Scalar? Find(string yaml, string key)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            var (depth, isKey, wanted) = (0, false, false);
            while (parser.MoveNext())
            {
                switch (parser.Current)
                {
                    case MappingStart when depth++ == 0:
                        isKey = true;
                        break;
                    case MappingStart or SequenceStart when depth > PlainYaml.Deepest:
                        return null;
                    case SequenceStart:
                        depth++;
                        break;
                    case MappingEnd or SequenceEnd:
                        if (--depth == 1) (isKey, wanted) = (true, false);
                        break;
                    case Scalar scalar when depth == 1:
                        if (!isKey && wanted) return scalar;
                        wanted = isKey && scalar.Value == key;
                        isKey = !isKey;
                        break;
                    case AnchorAlias when depth == 1:
                        (isKey, wanted) = (!isKey, false);
                        break;
                }
            }
        }
        catch (Exception fault) when (fault is YamlException or InvalidOperationException)
        {
            // Somebody is in the middle of writing it; the desk says where it cannot be read.
        }

        return null;
    }

    private static string Quoted(string line, ScalarStyle style) => style == ScalarStyle.Plain && IsPlain(line)
        ? line
        : "\"" + line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>Means the same without quotes: begins with a letter or a slash, and holds no sign that YAML reads.</summary>
    private static bool IsPlain(string line) => line.Length > 0 && (char.IsLetter(line[0]) || line[0] == '/') && !line.Contains(": ", StringComparison.Ordinal) && !line.EndsWith(':') && !line.Contains(" #", StringComparison.Ordinal)
        && !line.Any(char.IsControl) && line.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off");
}
