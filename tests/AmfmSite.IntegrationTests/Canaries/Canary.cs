using System.Text;

namespace AmfmSite.IntegrationTests.Canaries;

/// <summary>One made-up personal value for each field, and the search for it in bytes, however they are written.</summary>
internal static class Canary
{
    public const string Agent = "qzcanaryagent/1.0", Address = "203.0.113.77";

    /// <summary>What a person types. Everything but the name starts with "qzcanary" or is a number.</summary>
    public static readonly IReadOnlyDictionary<string, string> Fields = new Dictionary<string, string>
    {
        ["Name"] = "Qzcanaryname Oquetzal",
        ["Phone"] = "646-555-0188",
        ["Email"] = "qzcanarymail@example.org",
        ["Relationship"] = "qzcanaryrelation",
        ["Insurer"] = "qzcanaryinsurer",
        ["Language"] = "qzcanarylanguage",
        ["Access"] = "qzcanaryaccess",
        ["Note"] = "qzcanarynote, über alles & more",
        ["OthersMayAnswer"] = "qzcanaryflatmate",
        ["Website"] = "qzcanarywebsite",
    };

    /// <summary>The parts that survive normalising and encoding of the whole.</summary>
    private static readonly string[] Parts =
    [
        "qzcanaryname", "oquetzal", "646-555-0188", "6465550188", "qzcanarymail", "qzcanaryrelation", "qzcanaryinsurer", "qzcanarylanguage",
        "qzcanaryaccess", "qzcanarynote", "qzcanaryflatmate", "qzcanarywebsite", "qzcanaryagent", Address,
    ];

    private static readonly List<(string What, byte[] Bytes)> InAnyCase =
    [
        .. Parts.SelectMany(InAnyCaseOf),
        .. Spellings().Select(part => ($"{part} in hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(part))))),
    ];
    private static readonly List<(string What, byte[] Bytes)> Exact = [.. Spellings().SelectMany(Base64Of)];

    /// <summary>What of all canaries stands in the bytes, in any encoding; empty is well.</summary>
    public static IReadOnlyList<string> FindIn(byte[] bytes)
    {
        var lower = Array.ConvertAll(bytes, one => one is >= (byte)'A' and <= (byte)'Z' ? (byte)(one | 0x20) : one);
        return [.. InAnyCase.Where(form => lower.AsSpan().IndexOf(form.Bytes) >= 0).Concat(Exact.Where(form => bytes.AsSpan().IndexOf(form.Bytes) >= 0)).Select(form => form.What).Distinct()];
    }

    public static IReadOnlyList<string> FindIn(string text) => FindIn(Encoding.UTF8.GetBytes(text));

    /// <summary>The letters are plain in UTF-8 and in a URL; wider letters are forms of their own.</summary>
    private static IEnumerable<(string, byte[])> InAnyCaseOf(string part)
    {
        yield return (part, Encoding.UTF8.GetBytes(part));
        yield return ($"{part} in UTF-16", Encoding.Unicode.GetBytes(part));
        yield return ($"{part} in UTF-16, big end first", Encoding.BigEndianUnicode.GetBytes(part));
        yield return ($"{part} with every letter escaped", Encoding.ASCII.GetBytes(string.Concat(Encoding.UTF8.GetBytes(part).Select(one => $"%{one:x2}"))));
    }

    /// <summary>Base64 and hexadecimal depend on upper and lower case of what they hide, so a part is looked for as it was typed, too.</summary>
    private static IEnumerable<string> Spellings() => Parts.Concat(["Qzcanaryname", "Oquetzal", "QZCANARYMAIL"]);

    private static IEnumerable<(string, byte[])> Base64Of(string part)
    {
        foreach (var (name, raw) in new[] { ("", Encoding.UTF8.GetBytes(part)), (" of UTF-16", Encoding.Unicode.GetBytes(part)) })
        {
            for (var shift = 0; shift < 3; shift++)
            {
                // Without the letters that what stands before and after would change.
                var whole = Convert.ToBase64String([.. new byte[shift], .. raw]);
                var inner = whole[(shift == 0 ? 0 : shift + 1)..((shift + raw.Length) * 8 / 6)];
                yield return ($"{part} in base64{name}, shifted by {shift}", Encoding.ASCII.GetBytes(inner));
                yield return ($"{part} in base64 for URLs{name}, shifted by {shift}", Encoding.ASCII.GetBytes(inner.Replace('+', '-').Replace('/', '_')));
            }
        }
    }
}
