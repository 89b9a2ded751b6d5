using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using NodaTime;
using NodaTime.Text;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

/// <summary>Windows on the caller's clock. The desk is in Los Angeles and open on weekdays from 8:00 to 18:00, unless a test says otherwise.</summary>
public sealed class CallWindowTests
{
    private static readonly IsoDayOfWeek[] Weekdays = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    public static DeskSettings Desk(bool confirmed = true, IsoDayOfWeek[]? days = null, string opens = "08:00", string closes = "18:00", string zone = "America/Los_Angeles", params string[] holidays)
    {
        LocalTime At(string time) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value;
        return new(
            confirmed,
            new(DateTimeZoneProviders.Tzdb[zone], (days ?? Weekdays).ToDictionary(day => day, _ => (At(opens), At(closes))), holidays.Select(date => LocalDatePattern.Iso.Parse(date).Value).ToHashSet()),
            new(Voicemail: true, Text: true),
            new(PerDay: 2, InAll: 6),
            new Dictionary<IsoDayOfWeek, int>());
    }

    [Theory]

    // November 22, 2026 is a Sunday; 20:00Z is noon in Los Angeles.
    [InlineData("2026-11-22T20:00Z", CallDay.Soonest, CallPart.Any, "America/Los_Angeles", "2026-11-23T08:00", "2026-11-23T18:00")]
    [InlineData("2026-11-23T18:00Z", CallDay.Soonest, CallPart.Any, "America/Los_Angeles", "2026-11-23T10:00", "2026-11-23T18:00")]
    [InlineData("2026-11-24T01:45Z", CallDay.Soonest, CallPart.Any, "America/Los_Angeles", "2026-11-24T08:00", "2026-11-24T18:00")]
    [InlineData("2026-11-22T20:00Z", CallDay.Tue, CallPart.Morning, "America/New_York", "2026-11-24T11:00", "2026-11-24T12:00")]
    [InlineData("2026-11-22T20:00Z", CallDay.Soonest, CallPart.Evening, "America/New_York", "2026-11-23T17:00", "2026-11-23T21:00")]
    [InlineData("2026-11-22T20:00Z", CallDay.Soonest, CallPart.Any, "Pacific/Honolulu", "2026-11-23T08:00", "2026-11-23T16:00")]
    [InlineData("2026-11-22T20:00Z", CallDay.Soonest, CallPart.Any, "Pacific/Guam", "2026-11-24T08:00", "2026-11-24T12:00")]
    [InlineData("2026-11-22T20:00Z", CallDay.Sat, CallPart.Morning, "Pacific/Guam", "2026-11-28T08:00", "2026-11-28T12:00")]
    [InlineData("2026-11-22T20:00Z", CallDay.Thu, CallPart.Any, "America/Los_Angeles", "2026-12-03T08:00", "2026-12-03T18:00")]
    public void Next_InTheCallersZone_IsInsideDeskHoursAndCallingHours(string now, CallDay day, CallPart part, string zone, string from, string until) =>
        Assert.Equal((from, until), Local(CallWindow.Next(Desk(holidays: "2026-11-26").Hours, day, part, zone, At(now)), zone));

    [Theory]
    [InlineData(CallDay.Sun, CallPart.Any, "America/Los_Angeles")]
    [InlineData(CallDay.Sat, CallPart.Any, "America/New_York")]
    [InlineData(CallDay.Mon, CallPart.Evening, "Pacific/Honolulu")]
    [InlineData(CallDay.Mon, CallPart.Any, "Mars/Olympus")]
    public void Next_WhereTheDeskIsNeverOpenThen_IsNone(CallDay day, CallPart part, string zone) =>
        Assert.Null(CallWindow.Next(Desk().Hours, day, part, zone, At("2026-11-22T20:00Z")));

    /// <summary>Clocks go forward on March 14, 2027 and back on November 7, 2027; both are Sundays, both nights at 2:00.</summary>
    [Theory]
    [InlineData("2027-03-13T12:00Z", CallDay.Sat, "2027-03-13T13:00:00Z", "2027-03-14T02:00:00Z")]
    [InlineData("2027-03-13T12:00Z", CallDay.Sun, "2027-03-14T12:00:00Z", "2027-03-15T01:00:00Z")]
    [InlineData("2027-11-06T12:00Z", CallDay.Sat, "2027-11-06T12:00:00Z", "2027-11-07T01:00:00Z")]
    [InlineData("2027-11-06T12:00Z", CallDay.Sun, "2027-11-07T13:00:00Z", "2027-11-08T02:00:00Z")]
    public void Next_OverBothDaylightSavingNights_StaysBetweenEightAndNineOnTheCallersWall(string now, CallDay day, string from, string until)
    {
        var always = Desk(days: Enum.GetValues<IsoDayOfWeek>()[1..], opens: "00:00", closes: "23:59", zone: "America/New_York");
        var window = CallWindow.Next(always.Hours, day, CallPart.Any, "America/New_York", At(now))!.Value;
        Assert.Equal((from, until), (window.Start.ToString(), window.End.ToString()));
    }

    /// <summary>Arizona keeps its clock: for a caller in Phoenix the desk in Los Angeles opens an hour earlier from March 14 on.</summary>
    [Theory]
    [InlineData("2027-03-12T08:00Z", "2027-03-12T09:00", "2027-03-12T19:00")]
    [InlineData("2027-03-15T08:00Z", "2027-03-15T08:00", "2027-03-15T18:00")]
    public void Next_WhereOnlyTheDeskChangesItsClock_MovesWithIt(string now, string from, string until) =>
        Assert.Equal((from, until), Local(CallWindow.Next(Desk().Hours, CallDay.Soonest, CallPart.Any, "America/Phoenix", At(now)), "America/Phoenix"));

    /// <summary>Arizona is asked for its zone, because the Navajo Nation does change its clock.</summary>
    [Fact]
    public void Zones_OfStatesWithTwo_AreAskedFor()
    {
        foreach (var state in new[] { "AZ", "TX", "FL", "IN", "TN", "AK", "OR", "ND" }) Assert.True(UsState.Find(state)!.HasSeveralZones, state);
        Assert.Null(Answer.Zone("AZ", ""));
        Assert.Equal("America/Denver", Answer.Zone("AZ", "America/Denver"));
        Assert.Equal("America/Chicago", Answer.Zone("IL", "America/Denver"));
    }

    [Theory]
    [InlineData("2026-11-23T20:30Z", "Monday, November 23, at 12:30 p.m., your time (Pacific)")]
    [InlineData("2026-11-23T08:05Z", "Monday, November 23, at 12:05 a.m., your time (Pacific)")]
    [InlineData("2026-11-23T19:59Z", "Monday, November 23, at 11:59 a.m., your time (Pacific)")]
    public void MomentInWords_AtNoonAndMidnight_SaysWhichHalfOfTheDay(string moment, string words) =>
        Assert.Equal(words, CallWindow.MomentInWords(At(moment), "America/Los_Angeles"));

    [Theory]
    [InlineData("2026-11-23T18:00Z", "Today, Monday, November 23, between 10:00 a.m. and 6:00 p.m., your time (Pacific)")]
    [InlineData("2026-11-22T20:00Z", "Tomorrow, Monday, November 23, between 8:00 a.m. and 6:00 p.m., your time (Pacific)")]
    [InlineData("2026-11-21T20:00Z", "On Monday, November 23, between 8:00 a.m. and 6:00 p.m., your time (Pacific)")]
    public void InWords_ConfirmedHours_NamesDayAndHours(string now, string words)
    {
        var (desk, at) = (Desk(), At(now));
        var window = CallWindow.Next(desk.Hours, CallDay.Soonest, CallPart.Any, "America/Los_Angeles", at);
        Assert.Equal(words, CallWindow.InWords(desk, CallDay.Soonest, CallPart.Any, "America/Los_Angeles", window, at));
    }

    [Theory]
    [InlineData("2026-11-23T17:00Z", "2026-11-23T18:00Z", 60)]
    [InlineData("2026-11-24T01:00Z", "2026-11-24T17:00Z", 120)]
    [InlineData("2026-11-21T20:00Z", "2026-11-23T16:30Z", 30)]
    [InlineData("2026-11-25T20:00Z", "2026-11-27T17:00Z", 420)]
    [InlineData("2026-11-23T18:00Z", "2026-11-23T17:00Z", 0)]
    public void OpenTimeBetween_CountsOnlyWhileSomebodyIsThere(string from, string to, int minutes) =>
        Assert.Equal(Duration.FromMinutes(minutes), Desk(holidays: "2026-11-26").Hours.OpenTimeBetween(At(from), At(to)));

    [Fact]
    public void NextOpening_OnAHolidayEve_IsTheDayAfter()
    {
        var hours = Desk(holidays: "2026-11-26").Hours;
        Assert.False(hours.IsOpenAt(At("2026-11-26T20:00Z")));
        Assert.Equal(At("2026-11-27T16:00Z"), hours.NextOpening(At("2026-11-26T04:00Z")));
        Assert.Equal("Friday, November 27, at 11:00 a.m., your time (Eastern)", CallWindow.MomentInWords(At("2026-11-27T16:00Z"), "America/New_York"));
    }

    private static Instant At(string text) => InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'").Parse(text).Value;

    private static (string, string) Local(Interval? window, string zone)
    {
        string On(Instant instant) => instant.InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime.ToString("uuuu-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

        return (On(window!.Value.Start), On(window.Value.End));
    }
}
