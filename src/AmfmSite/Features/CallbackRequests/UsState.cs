namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// A state, district or territory with the time zones people there live in. Where there is more than one, the form asks.
/// Source: 49 CFR part 71 (zone boundaries) and the IANA time zone database.
/// </summary>
public sealed record UsState(string Code, string Name, IReadOnlyList<string> Zones)
{
    public const string Other = "other";

    private const string Eastern = "America/New_York", Central = "America/Chicago", Mountain = "America/Denver",
        Arizona = "America/Phoenix", Pacific = "America/Los_Angeles", Alaska = "America/Anchorage", Aleutian = "America/Adak",
        Hawaii = "Pacific/Honolulu", Atlantic = "America/Puerto_Rico", Guam = "Pacific/Guam", Samoa = "Pacific/Pago_Pago";

    /// <summary>Zones with the names people use for them, from east to west.</summary>
    public static readonly IReadOnlyList<(string Id, string Name)> ZoneNames =
    [
        (Atlantic, "Atlantic"), (Eastern, "Eastern"), (Central, "Central"), (Mountain, "Mountain"), (Arizona, "Arizona"),
        (Pacific, "Pacific"), (Alaska, "Alaska"), (Aleutian, "Aleutian Islands"), (Hawaii, "Hawaii"), (Samoa, "Samoa"), (Guam, "Guam"),
    ];

    /// <summary>By name.</summary>
    public static readonly IReadOnlyList<UsState> All = [.. new UsState[]
    {
        new("AL", "Alabama", [Central]), new("AK", "Alaska", [Alaska, Aleutian]), new("AS", "American Samoa", [Samoa]),
        new("AZ", "Arizona", [Arizona, Mountain]), new("AR", "Arkansas", [Central]), new("CA", "California", [Pacific]),
        new("CO", "Colorado", [Mountain]), new("CT", "Connecticut", [Eastern]), new("DE", "Delaware", [Eastern]),
        new("DC", "District of Columbia", [Eastern]), new("FL", "Florida", [Eastern, Central]), new("GA", "Georgia", [Eastern]),
        new("GU", "Guam", [Guam]), new("HI", "Hawaii", [Hawaii]), new("ID", "Idaho", [Mountain, Pacific]),
        new("IL", "Illinois", [Central]), new("IN", "Indiana", [Eastern, Central]), new("IA", "Iowa", [Central]),
        new("KS", "Kansas", [Central, Mountain]), new("KY", "Kentucky", [Eastern, Central]), new("LA", "Louisiana", [Central]),
        new("ME", "Maine", [Eastern]), new("MD", "Maryland", [Eastern]), new("MA", "Massachusetts", [Eastern]),
        new("MI", "Michigan", [Eastern, Central]), new("MN", "Minnesota", [Central]), new("MS", "Mississippi", [Central]),
        new("MO", "Missouri", [Central]), new("MT", "Montana", [Mountain]), new("NE", "Nebraska", [Central, Mountain]),
        new("NV", "Nevada", [Pacific, Mountain]), new("NH", "New Hampshire", [Eastern]), new("NJ", "New Jersey", [Eastern]),
        new("NM", "New Mexico", [Mountain]), new("NY", "New York", [Eastern]), new("NC", "North Carolina", [Eastern]),
        new("ND", "North Dakota", [Central, Mountain]), new("MP", "Northern Mariana Islands", [Guam]), new("OH", "Ohio", [Eastern]),
        new("OK", "Oklahoma", [Central]), new("OR", "Oregon", [Pacific, Mountain]), new("PA", "Pennsylvania", [Eastern]),
        new("PR", "Puerto Rico", [Atlantic]), new("RI", "Rhode Island", [Eastern]), new("SC", "South Carolina", [Eastern]),
        new("SD", "South Dakota", [Central, Mountain]), new("TN", "Tennessee", [Central, Eastern]), new("TX", "Texas", [Central, Mountain]),
        new("VI", "U.S. Virgin Islands", [Atlantic]), new("UT", "Utah", [Mountain]), new("VT", "Vermont", [Eastern]),
        new("VA", "Virginia", [Eastern]), new("WA", "Washington", [Pacific]), new("WV", "West Virginia", [Eastern]),
        new("WI", "Wisconsin", [Central]), new("WY", "Wyoming", [Mountain]),
    }.OrderBy(s => s.Name, StringComparer.Ordinal)];

    public bool HasSeveralZones => Zones.Count > 1;

    public static UsState? Find(string? code) => All.FirstOrDefault(s => s.Code == code);

    /// <summary>"Pacific" for America/Los_Angeles; the id itself where we have no name for it.</summary>
    public static string ZoneName(string zoneId) => ZoneNames.FirstOrDefault(z => z.Id == zoneId).Name ?? zoneId;
}
