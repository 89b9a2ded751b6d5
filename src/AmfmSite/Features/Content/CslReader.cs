using System.Globalization;
using System.Text;
using System.Text.Json;
using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.Features.Content;

/// <summary>
/// Reads CSL-JSON from elsewhere, as Zotero and others export it: what the site uses of each entry, and everything that keeps
/// an entry out. Only named fields are taken, so that nothing else that was written there is ever stored.
/// </summary>
public static class CslReader
{
    /// <summary>Of the text in UTF-8.</summary>
    public const int MostBytes = 512 * 1024;

    public const int MostEntries = 200;

    private const int ShownTitle = 160, MostLeftOut = 24, LongestName = 40;

    public static readonly IReadOnlyList<string> Types = ["article-journal", "article-newspaper", "webpage", "report", "book"];

    public static readonly string TooLong = $"This is longer than {MostBytes / 1024} KB. Export fewer entries at once, without notes and attachments.";

    /// <param name="text">An array of entries, or one entry.</param>
    public static CslReading Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Refused("Paste CSL-JSON, or choose a file of it.");
        if (Encoding.UTF8.GetByteCount(text) > MostBytes) return Refused(TooLong);
        try
        {
            using var json = JsonDocument.Parse(text.TrimStart('\uFEFF'));
            List<JsonElement>? entries = json.RootElement.ValueKind switch { JsonValueKind.Array => [.. json.RootElement.EnumerateArray()], JsonValueKind.Object => [json.RootElement], _ => null };
            if (entries is null) return Refused("This is JSON, but neither a list of entries nor one entry. Export it again as CSL JSON.");
            if (entries.Count == 0) return Refused("There is no entry in it.");
            if (entries.Count > MostEntries) return Refused($"There are {entries.Count} entries in it. Import {MostEntries} at once at most.");
            var leftOut = new SortedSet<string>(StringComparer.Ordinal);
            return new([.. entries.Select((entry, index) => new Entry(leftOut).Read(index + 1, entry))], [.. leftOut.Take(MostLeftOut)]);
        }
        catch (JsonException fault)
        {
            return Refused($"This cannot be read as JSON. Look at line {fault.LineNumber + 1}: a comma, a quote or a bracket is missing there, or too many brackets stand in each other. Export it again as CSL JSON, and take all of it.");
        }
        catch (ArgumentException)
        {
            return Refused("This holds signs that belong to no text. Export it again in UTF-8.");
        }
    }

    private static CslReading Refused(string problem) => new([], [], problem);

    /// <summary>One entry while it is read; its faults gather on the way.</summary>
    private sealed class Entry(SortedSet<string> leftOut)
    {
        private static readonly string[] Used = ["id", "type", "title", "author", "issued", "container-title", "volume", "issue", "page", "number", "DOI", "URL", "publisher"];
        private static readonly string[] UsedOfAuthors = ["family", "given", "literal", "non-dropping-particle", "dropping-particle"];

        private readonly List<string> _faults = [];
        private string _title = "";

        public CslEntry Read(int place, JsonElement json)
        {
            CslReference? reference = null;
            try
            {
                if (json.ValueKind == JsonValueKind.Object) reference = Reference(Fields(json, Used, ""));
                else _faults.Add($"Here stands {Sort(json)}, and no entry.");
            }
            catch (InvalidOperationException)
            {
                // How .NET tells of an escape like \ud800 without its other half.
                _faults.Add("It holds half a sign, which belongs to no text.");
            }

            if (_faults.Count == 0 && Encoding.UTF8.GetByteCount(CslJson.Write(reference!)) > ContentRevision.MostBytes) _faults.Add($"It is longer than {ContentRevision.MostBytes / 1024} KB.");
            return new(place, _title.Length <= ShownTitle ? _title : _title[..ShownTitle] + "…", _faults.Count == 0 ? reference : null, _faults);
        }

        private CslReference Reference(Dictionary<string, JsonElement> fields)
        {
            _title = Words(fields, "title");
            if (_title.Length == 0 && IsEmpty(fields, "title")) _faults.Add("It has no title.");
            return new CslReference
            {
                Type = Type(fields),
                Title = _title,
                Author = Authors(fields),
                Issued = Issued(fields),
                ContainerTitle = Words(fields, "container-title"),
                Volume = Text(fields, "volume", orNumber: true),
                Issue = Text(fields, "issue", orNumber: true),
                Page = Text(fields, "page", orNumber: true),
                Number = Text(fields, "number", orNumber: true),
                Doi = BareDoi(Text(fields, "DOI")),
                Url = WebAddress(Text(fields, "URL")),
                Publisher = Words(fields, "publisher"),
            };
        }

        /// <summary>The fields that are used, by name; the names of the others are noted.</summary>
        private Dictionary<string, JsonElement> Fields(JsonElement json, string[] used, string of)
        {
            var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var field in json.EnumerateObject())
            {
                if (!used.Contains(field.Name))
                {
                    if (field.Name.Length is > 0 and <= LongestName) leftOut.Add(Answer.Line(field.Name) + of);
                }
                else if (!fields.TryAdd(field.Name, field.Value))
                {
                    _faults.Add($"{field.Name} stands twice.");
                }
            }

            return fields;
        }

        private string Type(Dictionary<string, JsonElement> fields)
        {
            var type = Text(fields, "type");
            if (type.Length == 0 && IsEmpty(fields, "type")) _faults.Add($"It has no type. The site draws {string.Join(", ", Types)}.");
            else if (type.Length > 0 && !Types.Contains(type)) _faults.Add($"Its type is {Short(type)}. The site draws only {string.Join(", ", Types)}.");
            return type;
        }

        private string BareDoi(string doi)
        {
            var bare = Doi.Bare(doi);
            if (bare.Length > 0 && !Doi.IsValid(bare)) _faults.Add($"“{Short(doi)}” is no DOI. It reads as 10.1037/hea0000059.");
            return bare;
        }

        private string WebAddress(string address)
        {
            if (address.Length > 0 && !RecordRules.IsWebAddress(address)) _faults.Add($"“{Short(address)}” is no address on the web. It begins with https:// or http://.");
            return address;
        }

        private List<CslName> Authors(Dictionary<string, JsonElement> fields)
        {
            if (!Has(fields, "author", out var list)) return [];
            if (list.ValueKind == JsonValueKind.Array) return [.. list.EnumerateArray().Select((author, index) => Author(author, index + 1)).OfType<CslName>()];
            _faults.Add($"author: {Sort(list)} stands where a list of names belongs.");
            return [];
        }

        /// <summary>A particle goes before the family name, "van der Berg", where APA style prints it.</summary>
        private CslName? Author(JsonElement author, int number)
        {
            if (author.ValueKind != JsonValueKind.Object)
            {
                _faults.Add($"Author {number} is {Sort(author)}, and no name in parts.");
                return null;
            }

            var parts = Fields(author, UsedOfAuthors, " of an author");
            var (family, given, literal) = (Words(parts, "family"), Words(parts, "given"), Words(parts, "literal"));
            foreach (var particle in new[] { Words(parts, "non-dropping-particle"), Words(parts, "dropping-particle") })
                if (particle.Length > 0 && family.Length > 0) family = particle[^1] is '’' or '\'' or '-' ? particle + family : $"{particle} {family}";
            if (family.Length > 0) return new(family, given.Length > 0 ? given : null);
            if (literal.Length > 0) return new(Literal: literal);
            _faults.Add($"Author {number} has no name. Each has a family name, or stands whole as literal.");
            return null;
        }

        private CslDate? Issued(Dictionary<string, JsonElement> fields)
        {
            if (!Has(fields, "issued", out var issued)) return NoDate("It has no year: issued is missing.");
            if (issued.ValueKind != JsonValueKind.Object) return NoDate($"issued: {Sort(issued)} stands where a date in parts belongs, such as {{\"date-parts\": [[2023, 5, 17]]}}.");
            if (!issued.TryGetProperty("date-parts", out var lists))
                return NoDate(issued.TryGetProperty("raw", out _) || issued.TryGetProperty("literal", out _)
                    ? "Its date is free text, which nobody can read for certain. Write it in parts, such as {\"date-parts\": [[2023, 5, 17]]}; in Zotero, as 2023-05-17."
                    : "It has no year: issued holds no date-parts.");
            if (lists.ValueKind != JsonValueKind.Array || lists.GetArrayLength() != 1 || lists[0].ValueKind != JsonValueKind.Array || lists[0].GetArrayLength() is < 1 or > 3)
                return NoDate("date-parts: write one date, with its year, month and day as far as they are known, such as [[2023, 5, 17]].");
            var date = new CslDate([[.. lists[0].EnumerateArray().Select(Part)]]);
            return date.IsDate ? date : NoDate("date-parts: this is no date. Write the year in four digits, then month and day as numbers, as far as they are known, such as [[2023, 5, 17]].");
        }

        private CslDate? NoDate(string fault)
        {
            _faults.Add(fault);
            return null;
        }

        private static int Part(JsonElement part) => part.ValueKind switch
        {
            JsonValueKind.Number when part.TryGetInt32(out var number) => number,
            JsonValueKind.String when int.TryParse(part.GetString()!.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => 0,
        };

        /// <summary>What people read, with the apostrophes of this site.</summary>
        private string Words(Dictionary<string, JsonElement> fields, string name) => Typography.Set(Text(fields, name));

        /// <summary>One line of plain text, whatever signs of markup it holds.</summary>
        private string Text(Dictionary<string, JsonElement> fields, string name, bool orNumber = false)
        {
            if (!Has(fields, name, out var value)) return "";
            if (orNumber && value.ValueKind == JsonValueKind.Number)
            {
                if (value.TryGetInt32(out var number) && number >= 0) return number.ToString(CultureInfo.InvariantCulture);
                _faults.Add($"{name}: this number cannot be kept as it is. Put quotes around it.");
                return "";
            }

            if (value.ValueKind != JsonValueKind.String)
            {
                _faults.Add($"{name}: {Sort(value)} stands where a text belongs.");
                return "";
            }

            var line = string.Join(' ', Answer.Line(value.GetString()).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            if (line.Length > CslReference.TextLength) _faults.Add($"{name}: is longer than {CslReference.TextLength} characters.");
            return line;
        }

        private static bool Has(Dictionary<string, JsonElement> fields, string name, out JsonElement value) => fields.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;

        /// <summary>There is nothing in it; what cannot be there is a fault of its own.</summary>
        private static bool IsEmpty(Dictionary<string, JsonElement> fields, string name) => !Has(fields, name, out var value) || value.ValueKind == JsonValueKind.String;

        private static string Sort(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Array => "a list",
            JsonValueKind.Object => "a group of fields",
            JsonValueKind.Number => "a number",
            JsonValueKind.String => "a text",
            JsonValueKind.Null => "nothing",
            _ => "true or false",
        };

        private static string Short(string text) => text.Length <= ShownTitle ? text : text[..ShownTitle] + "…";
    }
}
