using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Desk;
using NodaTime;

namespace AmfmSite.UnitTests.Features.Desk;

public sealed class DeskFrontTests
{
    private const string Full = """
        confirmed: true
        timeZone: America/Phoenix
        hours: {sun: 00:00-23:59, mon: 08:00-18:30}
        holidays: [2027-01-01, 2026-12-25]
        channels: {voicemail: false, text: true}
        staffing: {mon: 3, sat: 0}
        caps: {perDay: 3, inAll: 9}

        """;

    [Theory]
    [InlineData(Full)]
    [InlineData("timeZone: America/Los_Angeles\n")]
    [InlineData("timeZone: Pacific/Guam\nhours: {tue: 09:00-09:01}\nchannels: {voicemail: true, text: false}\n")]
    public void Write_ReadAgain_GivesTheSameSettings(string yaml)
    {
        var settings = Read(yaml);
        var written = DeskFront.Write(settings);
        var again = Read(written);
        Assert.Equal((settings.Confirmed, settings.Channels, settings.Caps, settings.Hours.Zone), (again.Confirmed, again.Channels, again.Caps, again.Hours.Zone));
        Assert.Equal(settings.Hours.Week, again.Hours.Week);
        Assert.Equal(settings.Hours.Holidays, again.Hours.Holidays);
        Assert.Equal(settings.Staffing, again.Staffing);
        Assert.Equal(written, DeskFront.Write(again));
    }

    [Fact]
    public void Write_OfAnUnorderedRecord_IsInOrder()
    {
        var written = DeskFront.Write(Read(Full));
        Assert.Contains("hours:\n  mon: 08:00-18:30\n  sun: 00:00-23:59\n", written, StringComparison.Ordinal);
        Assert.Contains("holidays:\n  - 2026-12-25\n  - 2027-01-01\n", written, StringComparison.Ordinal);
        Assert.Contains("confirmed: true\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StaffingAndCaps_AreKnownByWeekdayAndHaveDefaults()
    {
        Assert.Equal((3, 0), (Read(Full).Staffing[IsoDayOfWeek.Monday], Read(Full).Staffing[IsoDayOfWeek.Saturday]));
        Assert.Equal(new DeskCaps(3, 9), Read(Full).Caps);
        Assert.Equal(new DeskCaps(2, 6), Read("timeZone: America/Los_Angeles\n").Caps);
        Assert.Empty(Read("timeZone: America/Los_Angeles\n").Staffing);
    }

    [Fact]
    public void Read_MoreHolidaysThanCanBeKept_IsAFault()
    {
        var days = Enumerable.Range(0, DeskFront.MostHolidays + 1).Select(i => new DateOnly(2027, 1, 1).AddDays(i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var faults = new List<string>();
        new DeskFront { TimeZone = "America/Los_Angeles", Holidays = [.. days] }.Read((key, message) => faults.Add($"{key}: {message}"));
        Assert.Equal("holidays: Those are 101 days. Up to 100 can be kept; take out some that are past.", Assert.Single(faults));
    }

    private static DeskSettings Read(string yaml)
    {
        var faults = new List<ContentFault>();
        var settings = FrontMatter.Read<DeskFront>(new(ContentKinds.Desk, "settings", "settings.yaml", yaml), faults)!.Read((key, message) => faults.Add(new(key, 0, message, ContentRules.Desk)));
        Assert.Empty(faults);
        return settings!;
    }
}
