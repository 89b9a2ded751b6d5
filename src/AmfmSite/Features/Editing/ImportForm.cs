using System.Text;
using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>References from elsewhere, pasted or in a file. A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class ImportForm
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Lines end in one sign, however a browser sends them: a text that was short enough stays so.</summary>
    public string? Json { get; set => field = value?.Replace("\r\n", "\n", StringComparison.Ordinal); }

    public IFormFile? File { get; set; }

    /// <summary>Places of the entries to begin drafts of.</summary>
    public List<int> Chosen { get; set; } = [];

    /// <summary>Puts the file's text where pasted text is, so that it travels on and can be changed.</summary>
    /// <returns>Why the file cannot be taken, or null.</returns>
    internal async Task<string?> TakeFileAsync(CancellationToken cancellation)
    {
        if (File is not { Length: > 0 } file) return null;
        if (!string.IsNullOrWhiteSpace(Json)) return "You pasted a text and chose a file. Choose the file again with nothing pasted, or leave it out.";
        if (file.Length > CslReader.MostBytes) return CslReader.TooLong;
        try
        {
            using var reader = new StreamReader(file.OpenReadStream(), Utf8);
            Json = await reader.ReadToEndAsync(cancellation);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return "This file is not written in UTF-8. Export it again in that encoding, or open it and paste its text.";
        }
    }
}
