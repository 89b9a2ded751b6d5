using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AmfmSite.Features.Content.Pictures;

/// <summary>
/// Writes an SVG anew from what <see cref="SvgNames"/> allows: shapes, colours and words. Nothing in the result runs, moves,
/// links or fetches, whoever opens it and however.
/// </summary>
internal static class SvgCleaner
{
    /// <summary>How deep groups may stand in each other, and how often what is named may be named again in turn.</summary>
    public const int Deepest = 64;

    /// <summary>Most elements, each counted as often as it is drawn: a few lines can ask for millions.</summary>
    public const int MostDrawn = 50_000;

    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = PictureFile.MostBytes, IgnoreComments = true, IgnoreProcessingInstructions = true, CheckCharacters = true };

    private static readonly XmlWriterSettings Plain = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Entitize };

    private static readonly XNamespace Svg = SvgNames.Namespace;

    /// <summary>Whether it begins like XML, in UTF-8 or UTF-16.</summary>
    public static bool Fits(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, (byte)'<', 0]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF, 0, (byte)'<'])
        || (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes).TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    /// <exception cref="PictureRefusedException">It is no SVG, has no view box, draws nothing, or too much.</exception>
    public static CleanPicture Clean(byte[] bytes)
    {
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        var root = Read(bytes, leftOut);
        var size = Measure(root);
        if (!root.Descendants().Any(IsDrawn)) throw new PictureRefusedException(leftOut.Count == 0 ? "Nothing is drawn in this SVG." : $"Nothing that this site draws is left of this SVG. Left out: {string.Join(", ", leftOut)}. Turn it into plain paths in a drawing program, or save it as a PNG.");
        Weigh(root);
        root.SetAttributeValue("width", size.Width);
        root.SetAttributeValue("height", size.Height);
        using var clean = new MemoryStream();
        using (var writer = XmlWriter.Create(clean, Plain)) root.WriteTo(writer);
        return new(clean.ToArray(), PictureFormat.Svg, size.Width, size.Height, [.. leftOut]);
    }

    private static XElement Read(byte[] bytes, SortedSet<string> leftOut)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false), Strict);
            reader.MoveToContent();
            if (reader.LocalName != "svg" || reader.NamespaceURI != SvgNames.Namespace) throw new PictureRefusedException($"This is no SVG: its first element is not <svg xmlns=\"{SvgNames.Namespace}\">.");
            var root = new XElement(Svg + "svg", Attributes(reader, leftOut));
            if (reader.IsEmptyElement) return root;
            Fill(root, reader, leftOut);

            // To the end, so that what stands behind the root is read and found well formed, too.
            while (reader.Read()) { }
            return root;
        }
        catch (XmlException fault)
        {
            throw new PictureRefusedException($"This SVG cannot be read: line {fault.LineNumber} is broken, or holds a document type (<!DOCTYPE …>), which can pull in other files. Save it as a plain SVG, or take that line out.");
        }
    }

    private static void Fill(XElement root, XmlReader reader, SortedSet<string> leftOut)
    {
        var open = root;
        reader.Read();
        while (!reader.EOF)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.NamespaceURI == SvgNames.Namespace && SvgNames.Elements.Contains(reader.LocalName):
                    if (reader.Depth > Deepest) throw new PictureRefusedException($"The groups of this SVG stand in each other more than {Deepest} deep. Ungroup them in a drawing program.");
                    var element = new XElement(Svg + reader.LocalName, Attributes(reader, leftOut));
                    open.Add(element);
                    if (!reader.IsEmptyElement) open = element;
                    break;
                case XmlNodeType.Element:
                    leftOut.Add(reader.NamespaceURI == SvgNames.Namespace ? Short(reader.LocalName) : "parts of other programs");
                    reader.Skip();
                    continue;
                case XmlNodeType.EndElement when open == root:
                    return;
                case XmlNodeType.EndElement:
                    open = open.Parent!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when SvgNames.Words.Contains(open.Name.LocalName):
                    open.Add(reader.Value);
                    break;
            }

            reader.Read();
        }
    }

    private static List<XAttribute> Attributes(XmlReader reader, SortedSet<string> leftOut)
    {
        var (kept, element) = (new Dictionary<string, string>(StringComparer.Ordinal), reader.LocalName);
        while (reader.MoveToNextAttribute())
        {
            var (name, value) = (reader.LocalName, string.Join(' ', reader.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            if (reader.NamespaceURI is "http://www.w3.org/2000/xmlns/" or "http://www.w3.org/XML/1998/namespace") continue;
            if (reader.NamespaceURI.Length > 0 && (reader.NamespaceURI, name) != (SvgNames.XLink, "href")) leftOut.Add("parts of other programs");
            else if (name == "style")
            {
                foreach (var (property, said) in Style(value)) Keep(property, said, overrules: true);
            }
            else Keep(name, value, overrules: false);
        }

        reader.MoveToElement();
        return [.. kept.Select(attribute => new XAttribute(attribute.Key, attribute.Value))];

        void Keep(string name, string value, bool overrules)
        {
            if (SvgNames.Silent.Contains(name) || name.StartsWith("data-", StringComparison.Ordinal) || name.StartsWith("aria-", StringComparison.Ordinal)) return;
            var known = SvgNames.Attributes.Contains(name) || name == "href" && SvgNames.Linking.Contains(element);
            if (!known || !SvgNames.IsHarmless(name, value)) leftOut.Add(Short(name));
            else if (overrules || !kept.ContainsKey(name)) kept[name] = value;
        }
    }

    /// <summary>What a style attribute says, to be written as attributes: with the same effect, and without a style that a browser could read otherwise.</summary>
    private static IEnumerable<(string Property, string Value)> Style(string style) =>
        style.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2)).Where(line => line.Length == 2).Select(line => (line[0].Trim(), line[1].Trim()));

    /// <summary>In pixels: as it says itself where it says so in pixels, else as large as its view box; never larger than pictures may be, since lines have no size of their own.</summary>
    private static PictureSize Measure(XElement root)
    {
        var box = ((string?)root.Attribute("viewBox") ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (box.Length != 4 || Number(box[0]) is null || Number(box[1]) is null || Number(box[2]) is not > 0 || Number(box[3]) is not > 0)
            throw new PictureRefusedException("This SVG has no viewBox, by which it is made larger and smaller. Save it with one: most drawing programs do so as “plain” or “optimized” SVG.");
        var (width, height) = Pixels("width") is { } wide && Pixels("height") is { } high ? (wide, high) : (Number(box[2])!.Value, Number(box[3])!.Value);
        var scale = Math.Min(1, PictureFile.MostSide / Math.Max(width, height));
        return new(Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));

        double? Pixels(string name) => (string?)root.Attribute(name) is { } said && Number(said.EndsWith("px", StringComparison.Ordinal) ? said[..^2] : said) is > 0 and var pixels ? pixels : null;
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && Math.Abs(number) < 1e9 ? number : null;

    private static bool IsDrawn(XElement element) => SvgNames.Drawing.Contains(element.Name.LocalName) && !element.Ancestors().Any(above => SvgNames.Stored.Contains(above.Name.LocalName));

    /// <summary>Counts every element as often as it is drawn, and looks for circles.</summary>
    /// <exception cref="PictureRefusedException">It would keep a visitor's browser busy.</exception>
    private static void Weigh(XElement root)
    {
        var byId = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var element in root.DescendantsAndSelf())
            if ((string?)element.Attribute("id") is { } id && !byId.TryAdd(id, element)) element.SetAttributeValue("id", null);
        var known = new Dictionary<XElement, int>();
        var above = new HashSet<XElement>();
        if (Weight(root) > MostDrawn) throw TooMuch();

        int Weight(XElement element)
        {
            if (known.TryGetValue(element, out var weight)) return weight;
            if (!above.Add(element) || above.Count > 2 * Deepest) throw TooMuch();
            weight = 1;
            foreach (var child in element.Elements()) weight = Math.Min(MostDrawn + 1, weight + Weight(child));
            foreach (var attribute in element.Attributes())
                if (SvgNames.Named(attribute.Name.LocalName, attribute.Value) is { } id && byId.TryGetValue(id, out var named)) weight = Math.Min(MostDrawn + 1, weight + Weight(named));
            above.Remove(element);
            return known[element] = weight;
        }
    }

    private static PictureRefusedException TooMuch() => new($"This SVG draws more than {MostDrawn:N0} parts, or parts that hold themselves. Save it simpler, or as a PNG.");

    private static string Short(string name) => name.Length <= 30 ? name : name[..30] + "…";
}
