using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AmfmSite.Features.Content;

/// <summary>The text of a reference as the store and the pack hold it: one entry of references.json, indented as it stands there, without what is empty.</summary>
internal static class CslJson
{
    private const string Before = "[\n  ", After = "\n]";

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatIsEmpty } },
    };

    /// <exception cref="JsonException">It cannot be read, or a field holds what does not belong there.</exception>
    public static CslReference? Parse(string text) => JsonSerializer.Deserialize<CslReference>(text, Form);

    public static string Write(CslReference reference) => JsonSerializer.Serialize<CslReference[]>([reference], Form)[Before.Length..^After.Length];

    private static void LeaveOutWhatIsEmpty(JsonTypeInfo type)
    {
        foreach (var property in type.Properties) property.ShouldSerialize = (_, value) => value is not (null or "");
    }
}
