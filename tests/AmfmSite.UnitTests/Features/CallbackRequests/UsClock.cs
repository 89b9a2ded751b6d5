namespace AmfmSite.UnitTests.Features.CallbackRequests;

/// <summary>
/// The clocks of the United States by hand: standard time, and an hour more from the second Sunday of March, 2:00, to the
/// first Sunday of November, 2:00. Apart from the time zone database that the product asks, so that both can be compared.
/// </summary>
/// <remarks>Source: 15 U.S.C. 260a; 49 CFR part 71.</remarks>
internal static class UsClock
{
    private static readonly Dictionary<string, (int Hours, bool Saves)> Zones = new()
    {
        ["America/Puerto_Rico"] = (-4, false),
        ["America/New_York"] = (-5, true),
        ["America/Chicago"] = (-6, true),
        ["America/Denver"] = (-7, true),
        ["America/Phoenix"] = (-7, false),
        ["America/Los_Angeles"] = (-8, true),
        ["America/Anchorage"] = (-9, true),
        ["America/Adak"] = (-10, true),
        ["Pacific/Honolulu"] = (-10, false),
        ["Pacific/Pago_Pago"] = (-11, false),
        ["Pacific/Guam"] = (10, false),
    };

    public static IReadOnlyCollection<string> All => Zones.Keys;

    /// <summary>What the wall shows there.</summary>
    public static DateTime Local(string zone, DateTime utc)
    {
        var (hours, saves) = Zones[zone];
        var standard = utc.AddHours(hours);
        return saves && standard >= Spring(standard.Year) && standard < Autumn(standard.Year).AddHours(-1) ? standard.AddHours(1) : standard;
    }

    /// <summary>2:00 of the night in which the clocks go forward.</summary>
    public static DateTime Spring(int year) => Sunday(new(year, 3, 8));

    /// <summary>2:00 of the night in which they go back.</summary>
    public static DateTime Autumn(int year) => Sunday(new(year, 11, 1));

    private static DateTime Sunday(DateTime from) => from.AddDays((7 - (int)from.DayOfWeek) % 7).AddHours(2);
}
