using YamlDotNet.Serialization;

namespace AmfmSite.Features.Content;

/// <summary>All that may be said about the provider: brand and phone come from here and nowhere else.</summary>
public sealed class Provider
{
    public required string Brand { get; init; }
    [YamlMember(Alias = "short", ApplyNamingConventions = false)]
    public required string ShortBrand { get; init; }

    /// <summary>E.164.</summary>
    public required string Phone { get; init; }

    public required string PhoneDisplay { get; init; }

    /// <summary>Whom it treats: "adults, 18 and over".</summary>
    public required string Audience { get; init; }

    public required Insurance Insurance { get; init; }

    /// <summary>What it offers, one phrase each.</summary>
    public List<string> Offers { get; init; } = [];
}
