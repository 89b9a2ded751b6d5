using System.Text;
using System.Text.RegularExpressions;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>Reads a mail back the way a mail program would, as far as our own mails need it.</summary>
static partial class ReceivedMail
{
    /// <param name="raw">The whole mail.</param>
    /// <param name="dotStuffed">It comes straight from the wire, where a dot at a line's beginning is doubled.</param>
    public static (Dictionary<string, string> Headers, string Body) Parse(string raw, bool dotStuffed = false)
    {
        var text = raw.ReplaceLineEndings("\n");
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var headers = FoldedLine().Replace(text[..end], " ").Split('\n')
            .Select(line => line.Split(": ", 2))
            .GroupBy(parts => parts[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(header => header.Key, header => header.First()[1], StringComparer.OrdinalIgnoreCase);
        var body = text[(end + 2)..];
        if (dotStuffed)
            body = DoubledDot().Replace(body, "");
        return (headers, Decode(body, headers.GetValueOrDefault("Content-Transfer-Encoding", "7bit")));
    }

    static string Decode(string body, string encoding) => encoding switch
    {
        "7bit" => body,
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)).ReplaceLineEndings("\n"),
        "quoted-printable" => Encoding.UTF8.GetString(QuotedPrintable(body)),
        _ => throw new FormatException($"Nothing here writes {encoding}."),
    };

    static byte[] QuotedPrintable(string body)
    {
        var bytes = new List<byte>();
        var joined = body.Replace("=\n", "", StringComparison.Ordinal);
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] == '=')
            {
                bytes.Add(Convert.ToByte(joined.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)joined[i]);
            }
        }
        return [.. bytes];
    }

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex FoldedLine();

    [GeneratedRegex(@"^\.(?=.)", RegexOptions.Multiline)]
    private static partial Regex DoubledDot();
}
