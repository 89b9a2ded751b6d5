using System.Text.Json;
using System.Text.RegularExpressions;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Content;

/// <summary>What records must hold, each by itself: pictures, places, lines of help, sources.</summary>
internal static partial class RecordRules
{
    /// <summary>Names of states that are names of other things too, and say nothing by themselves.</summary>
    private static readonly string[] Ambiguous = ["WA", "DC"];

    /// <summary>A key with nothing behind it reads as an empty text; where visitors would see an empty line, that is a fault.</summary>
    public static void Written(SourceFile file, List<ContentFault> faults, params ReadOnlySpan<(string Key, string Value)> required)
    {
        foreach (var (key, value) in required)
            if (string.IsNullOrWhiteSpace(value)) faults.Add(new(file.Path, file.LineOf(key), $"{key}: is missing.", ContentRules.FrontMatter));
    }

    public static void Check(SourceFile file, Picture picture, List<ContentFault> faults)
    {
        Written(file, faults, ("file", picture.File), ("by", picture.By));
        if (picture is { People: true, Consent.Length: 0 }) Fault(ContentRules.Consent, "people", "People are shown only with their consent. Write under consent: when it was given and where the signed paper lies, without a name.");
        var words = picture.Alt.Trim();
        if (words.Length == 0) Fault(ContentRules.AlternativeText, "alt", "alt: is empty. Say what is to be seen, for somebody who cannot see it.");
        else if (words.Equals(picture.File, StringComparison.OrdinalIgnoreCase) || words.Equals(Path.GetFileNameWithoutExtension(picture.File), StringComparison.OrdinalIgnoreCase))
            Fault(ContentRules.AlternativeText, "alt", "alt: repeats the name of the file. Say what is to be seen.");
        else if (SaysPicture().IsMatch(words)) Fault(ContentRules.AlternativeText, "alt", "alt: begins with the word for a picture, which everybody hears anyway. Begin with what is to be seen.");
        if (picture.File.AsSpan().ContainsAny("/\\:")) Fault(ContentRules.PictureRecord, "file", "file: is the name of a file, without a path.");
        else if (picture.IsUploaded && picture.Size is null) Fault(ContentRules.PictureFile, "file", $"file: {picture.File} is not stored here. Upload the picture again, and take over the name of its file.");
        else if (picture.File.Length > 0 && !picture.IsUploaded && !Picture.Drawings.Contains(picture.File)) Fault(ContentRules.PictureFile, "file", $"file: {picture.File} is neither an uploaded picture nor one of the drawings of the site: {string.Join(", ", Picture.Drawings.Order(StringComparer.Ordinal))}.");

        void Fault(string rule, string key, string message) => faults.Add(new(file.Path, file.LineOf(key), message, rule));
    }

    /// <summary>A visitor who reads of a state goes by it; nobody has vouched for one that the record does not carry.</summary>
    public static void Check(SourceFile file, Location place, List<ContentFault> faults)
    {
        Written(file, faults, ("name", place.Name), ("line", place.Line));
        if (place.State.Length > 0 && UsState.Find(place.State) is null)
            faults.Add(new(file.Path, file.LineOf("state"), $"state: {place.State} is no state. Write its two letters, or leave it empty.", ContentRules.LocationState));
        foreach (var (key, text) in new[] { ("region", place.Region), ("line", place.Line), ("name", place.Name) })
        {
            // The longer name first: West Virginia speaks of no Virginia.
            var left = text;
            foreach (var state in UsState.All.Where(state => !Ambiguous.Contains(state.Code)).OrderByDescending(state => state.Name.Length))
            {
                if (!HasWord(left, state.Name)) continue;
                left = left.Replace(state.Name, "", StringComparison.Ordinal);
                if (place.State != state.Code || !place.StateConfirmed)
                    faults.Add(new(file.Path, file.LineOf(key), $"{key}: speaks of {state.Name}, which the record does not carry. Write state: {state.Code} and stateConfirmed: true once somebody has confirmed it, or take the name out.", ContentRules.LocationState));
            }
        }
    }

    public static void Check(SourceFile file, CrisisResource resource, List<ContentFault> faults)
    {
        Written(file, faults, ("name", resource.Name), ("when", resource.When));
        if (resource.Web is { Length: > 0 } web && !web.StartsWith("https://", StringComparison.Ordinal))
            faults.Add(new(file.Path, file.LineOf("web"), "web: begins with https://.", ContentRules.LinkAddress));
        if (resource.Checked is { Length: > 0 } day && CrisisResource.DayOf(day) is null)
            faults.Add(new(file.Path, file.LineOf("checked"), "checked: write the day as 2026-11-23, or leave it out until somebody has called.", ContentRules.ReviewDate));
    }

    public static Dictionary<string, CslReference> References(IEnumerable<SourceFile> files, List<ContentFault> faults)
    {
        var (references, byDoi) = (new Dictionary<string, CslReference>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        foreach (var file in files.Where(file => file.Kind == ContentKinds.Reference))
        {
            try
            {
                var reference = CslJson.Parse(file.Text);
                if (reference is not { Title.Length: > 0 }) Fault(ContentRules.Reference, "has no title.");
                else if (!references.TryAdd(file.Key, reference)) Fault(ContentRules.Reference, "stands twice.");
                if (reference is null) continue;
                if (reference.Id != file.Key) Fault(ContentRules.Reference, $"its id is \"{reference.Id}\". Write the key, by which pages cite it; an export would give it another name otherwise.");
                if (reference.Doi.Length > 0 && !Doi.IsValid(reference.Doi)) Fault(ContentRules.DoiForm, Doi.IsValid(Doi.Bare(reference.Doi)) ? "write the DOI bare, from 10. on." : $"\"{reference.Doi}\" is no DOI. It reads as 10.1037/hea0000059.");
                else if (reference.Doi.Length > 0 && !byDoi.TryAdd(reference.Doi, file.Key)) Fault(ContentRules.DoiTwice, $"has the DOI of {byDoi[reference.Doi]}. Keep one of them, and let the claims of both lean on it.");
                if (reference.Issued is { IsDate: false }) Fault(ContentRules.Reference, "date-parts: this is no date. Write the year in four digits, then month and day as numbers, as far as they are known, such as [[2023, 5, 17]].");
                if (reference.Author.Any(author => author is null || string.IsNullOrWhiteSpace(author.Family ?? author.Literal))) Fault(ContentRules.Reference, "an author has no name. Each has a family name, or stands whole as literal.");
                if (reference.Url.Length > 0 && !IsWebAddress(reference.Url))
                    Fault(ContentRules.LinkAddress, $"the address \"{reference.Url}\" begins with neither https:// nor http://.");
            }
            catch (JsonException fault)
            {
                Fault(ContentRules.Reference, $"cannot be read: {fault.Message}");
            }

            void Fault(string rule, string message) => faults.Add(new(file.Path, 0, $"The reference {file.Key}: {message}", rule));
        }

        return references;
    }

    public static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";

    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
            if ((at == 0 || !char.IsLetter(text[at - 1])) && (at + word.Length == text.Length || !char.IsLetter(text[at + word.Length]))) return true;
        return false;
    }

    [GeneratedRegex(@"^(?:an?\s|the\s)?(?:picture|image|photo|photograph|drawing|graphic|illustration)\s(?:of|showing|shows)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysPicture();
}
