using System.Text.Encodings.Web;
using System.Text.Json;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Editing;

/// <summary>What a new record begins with: the keys of its kind, in the pack's order, and nothing behind them that nobody has said. What is missing keeps it from being published.</summary>
internal static class NewRecord
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Kinds of which there is one record each are changed, never added.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        [ContentKinds.Page, ContentKinds.Faq, ContentKinds.Term, ContentKinds.Reference, ContentKinds.Level, ContentKinds.Treatment, ContentKinds.Location, ContentKinds.Crisis, ContentKinds.Picture];

    /// <returns>What is wrong with the key, or null. Whether it is taken is asked of the store.</returns>
    public static string? Problem(string kind, string key) =>
        key.Length == 0 ? "Write the key: a short name, such as living-alone."
        : key.Length > ContentItem.KeyLength ? $"Write {ContentItem.KeyLength} characters at most."
        : !ContentPack.IsKey(key) ? "Write the key with letters a to z, digits and hyphens only."
        : kind != ContentKinds.Reference && key.Any(char.IsAsciiLetterUpper) ? "Write the key in small letters."
        : kind == ContentKinds.Page && SitePaths.ById.ContainsKey(key) ? "This key belongs to a page of the site itself. Choose another."
        : null;

    /// <param name="name">The title, question, word or name; one line.</param>
    /// <param name="sort">Of a page, its kind; empty where nobody has chosen yet.</param>
    public static string Start(string kind, string key, string name, string sort) => kind switch
    {
        ContentKinds.Page => $"---\nkind: {sort}\nslug:\ntitle:{Yaml(name)}\nseo:\nname:\ndescription:\nlead:\nparent:\npicture:\nfaqs: []\nrelated: []\nabout: []\nreviewed:\nreviewer:\nnextReview:\nclaims:\n---\n",
        ContentKinds.Faq => $"---\nquestion:{Yaml(name)}\npage:\n---\n",
        ContentKinds.Term => $"---\nterm:{Yaml(name)}\nalso: []\n---\n",
        ContentKinds.Reference => $"{{\n    \"id\": {Json(key)},\n    \"type\": \"\",\n    \"title\": {Json(name)},\n    \"author\": [],\n    \"container-title\": \"\",\n    \"volume\": \"\",\n    \"issue\": \"\",\n    \"page\": \"\",\n    \"DOI\": \"\",\n    \"URL\": \"\"\n  }}",
        ContentKinds.Level => $"name:{Yaml(name)}\nabbreviation:\norder:\nrung:\nline:\nwho:\nwhere:\nholds:\ndecides:\npage:\n",
        ContentKinds.Treatment => $"name:{Yaml(name)}\norder:\nline:\ncaution:\noffered: false\npage:\n",
        ContentKinds.Location => $"name:{Yaml(name)}\nstate: \"\"\nstateConfirmed: false\nregion:\nline:\norder:\npage:\n",
        ContentKinds.Crisis => $"name:{Yaml(name)}\norder:\ncall: \"\"\ntext: \"\"\nweb:\nwhen:\n",
        ContentKinds.Picture => Picture(file: "", PictureKind.Drawing, name, by: "", people: false, consent: ""),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is one record of this kind."),
    };

    /// <param name="file">A name that needs no quotes, or empty.</param>
    public static string Picture(string file, PictureKind kind, string alt, string by, bool people, string consent) =>
        $"file:{(file.Length > 0 ? $" {file}" : "")}\nkind: {kind.ToString().ToLowerInvariant()}\nalt:{Yaml(alt)}\nby:{Yaml(by)}\npeople: {(people ? "true" : "false")}\nconsent:{Yaml(consent)}\n";

    public static string TakenBy(string other) => $"There is a record {other} of this kind already. Choose another key, or change that one.";

    private static string Json(string text) => JsonSerializer.Serialize(text, AsWritten);

    /// <summary>Always in quotes: what somebody typed is never read as anything but their words.</summary>
    private static string Yaml(string text) => text.Length == 0 ? "" : " \"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
