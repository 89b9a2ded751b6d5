using System.Globalization;
using System.Text;

namespace AmfmSite.Features.Content;

/// <summary>What tells whether two references are one source, in whatever spelling.</summary>
public sealed class ReferenceIdentity
{
    private readonly string _doi, _titleAndYear;
    private readonly string[] _addresses;

    public ReferenceIdentity(CslReference reference)
    {
        var doi = Doi.Bare(reference.Doi.Length > 0 ? reference.Doi : reference.Url);
        _doi = Doi.IsValid(doi) ? doi.ToLowerInvariant() : "";
        _addresses = [.. new[] { reference.Address, reference.Url }.Select(Plain).Where(address => address.Length > 0)];
        var title = Letters(reference.Title);
        _titleAndYear = title.Length > 0 && reference.Issued?.DateParts is [{ Count: > 0 } date, ..] ? $"{title} {date[0]}" : "";
    }

    /// <summary>Two DOIs decide by themselves: a preprint and its article share their title.</summary>
    /// <returns>Null for two sources.</returns>
    public SameBy? SameAs(ReferenceIdentity other) =>
        _doi.Length > 0 && other._doi.Length > 0 ? _doi == other._doi ? SameBy.Doi : null
        : _addresses.Intersect(other._addresses).Any() ? SameBy.Address
        : _titleAndYear.Length > 0 && _titleAndYear == other._titleAndYear ? SameBy.TitleAndYear
        : null;

    /// <summary>Host in small letters and path: http or https, "www." and a slash at the end make no other source.</summary>
    private static string Plain(string address)
    {
        if (!RecordRules.IsWebAddress(address)) return "";
        var uri = new Uri(address);
        return (uri.Host.StartsWith("www.", StringComparison.Ordinal) ? uri.Host["www.".Length..] : uri.Host) + uri.PathAndQuery.TrimEnd('/');
    }

    private static string Letters(string text) => string.Concat(text.Normalize(NormalizationForm.FormKD).Where(char.IsLetterOrDigit)).ToLower(CultureInfo.InvariantCulture);
}
