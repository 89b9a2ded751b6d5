using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using AmfmSite.Storage.Sealing;
using NodaTime;
using NodaTime.Text;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

/// <summary>Times for another try, on the caller's clock. November 22, 2026 is a Sunday; 20:00Z is noon in Los Angeles.</summary>
public sealed class NextTriesTests : IDisposable
{
    private static readonly Guid Staff = Guid.NewGuid();
    private static readonly IsoDayOfWeek[] EveryDay = Enum.GetValues<IsoDayOfWeek>()[1..];
    private readonly string _keys = Directory.CreateTempSubdirectory("amfmsite-unit-").FullName;

    public void Dispose() => Directory.Delete(_keys, recursive: true);

    [Fact]
    public void Windows_AnyTime_AreThePartsOfTheDeskDayFromHalfAnHourOn()
    {
        var windows = Local(Windows(CallWindowTests.Desk(), Request("CA", "America/Los_Angeles"), "2026-11-23T18:02Z"), "America/Los_Angeles");
        Assert.Equal(
            ["11-23 10:35-12:00", "11-23 12:00-17:00", "11-23 17:00-18:00", "11-24 08:00-12:00", "11-24 12:00-17:00", "11-24 17:00-18:00"],
            windows);
    }

    [Fact]
    public void Windows_WithLittleLeftBeyondAPart_AreNotCutThere()
    {
        var desk = CallWindowTests.Desk(opens: "11:40", closes: "17:20");
        Assert.Equal("11-23 11:40-17:20", Local(Windows(desk, Request("CA", "America/Los_Angeles"), "2026-11-22T20:00Z"), "America/Los_Angeles")[0]);
    }

    /// <summary>Eight to six in Los Angeles is eleven to nine in New York.</summary>
    [Theory]
    [InlineData("mon", "morning", "11-23 11:00-12:00", "11-30 11:00-12:00")]
    [InlineData("soonest", "evening", "11-23 17:00-21:00", "11-24 17:00-21:00")]
    [InlineData("tue", "any", "11-24 11:00-12:00", "11-24 12:00-17:00")]
    public void Windows_OfAWish_AreInsideIt(string day, string part, string first, string second) =>
        Assert.Equal([first, second], Local(Windows(CallWindowTests.Desk(), Request("NY", "", day, part), "2026-11-22T20:00Z"), "America/New_York").Take(2));

    [Theory]
    [InlineData("HI", "", "Pacific/Honolulu", "11-23 08:00-12:00", "11-23 12:00-16:00")]
    [InlineData("GU", "", "Pacific/Guam", "11-24 08:00-12:00", "11-25 08:00-12:00")]
    [InlineData("AZ", "America/Phoenix", "America/Phoenix", "11-23 09:00-12:00", "11-23 12:00-17:00")]
    [InlineData("FL", "America/New_York", "America/New_York", "11-23 11:00-12:00", "11-23 12:00-17:00")]
    [InlineData("FL", "America/Chicago", "America/Chicago", "11-23 10:00-12:00", "11-23 12:00-17:00")]
    public void Windows_InTheCallersZone_AreInsideDeskHoursAndCallingHours(string state, string asked, string zone, string first, string second) =>
        Assert.Equal([first, second], Local(Windows(CallWindowTests.Desk(), Request(state, asked), "2026-11-22T20:00Z"), zone).Take(2));

    /// <summary>Clocks go forward on March 14, 2027 and back on November 7, 2027, both Sundays at 2:00; Arizona keeps its own.</summary>
    [Theory]
    [InlineData("NY", "America/New_York", "2027-03-13T12:00Z", "2027-03-13T13:00:00Z", "2027-03-14T12:00:00Z")]
    [InlineData("NY", "America/New_York", "2027-11-06T11:00Z", "2027-11-06T12:00:00Z", "2027-11-07T13:00:00Z")]
    [InlineData("AZ", "America/Phoenix", "2027-03-13T12:00Z", "2027-03-13T15:00:00Z", "2027-03-14T15:00:00Z")]
    public void Windows_OverBothDaylightSavingNights_BeginAtEightOnTheCallersWall(string state, string zone, string now, string first, string nextDay)
    {
        var always = CallWindowTests.Desk(days: EveryDay, opens: "00:00", closes: "23:59", zone: "America/New_York");
        var mornings = Windows(always, Request(state, zone, part: "morning"), now);
        Assert.Equal([first, nextDay], mornings.Take(2).Select(window => window.Start.ToString()));
        Assert.All(mornings, window => Assert.Equal(8, window.Start.InZone(DateTimeZoneProviders.Tzdb[zone]).Hour));
    }

    /// <summary>The desk changes its clock and Phoenix does not: from March 15 on it opens there at eight instead of nine.</summary>
    [Fact]
    public void Windows_WhereOnlyTheDeskChangesItsClock_MoveWithIt() =>
        Assert.Equal(
            ["03-12 09:00-12:00", "03-15 08:00-12:00"],
            Local(Windows(CallWindowTests.Desk(), Request("AZ", "America/Phoenix", part: "morning"), "2027-03-12T08:00Z"), "America/Phoenix").Take(2));

    [Fact]
    public void Windows_OnAHoliday_AreOnTheNextDay() =>
        Assert.Equal("11-27 08:00-12:00", Local(Windows(CallWindowTests.Desk(holidays: "2026-11-26"), Request("CA", ""), "2026-11-26T02:00Z"), "America/Los_Angeles")[0]);

    [Theory]
    [InlineData(1, 0, "11-23 10:30-12:00")]
    [InlineData(1, 1, "11-24 08:00-12:00")]
    [InlineData(2, 0, "11-24 08:00-12:00")]
    public void Windows_WithTheCapOfTheDayUsedUp_BeginTomorrow(int today, int underway, string first) =>
        Assert.Equal(first, Local(NextTries.Windows(CallWindowTests.Desk(), Request("CA", ""), today, At("2026-11-23T18:00Z"), underway), "America/Los_Angeles")[0]);

    /// <summary>Six in the evening in Los Angeles is tomorrow in Guam, where today's tries were yesterday's.</summary>
    [Fact]
    public void Windows_WithTheCapOfTheDayUsedUp_CountByTheCallersDate() =>
        Assert.Equal("11-25 08:00-12:00", Local(NextTries.Windows(CallWindowTests.Desk(), Request("GU", ""), 2, At("2026-11-23T22:30Z")), "Pacific/Guam")[0]);

    [Fact]
    public void Windows_WithTheCapInAllReached_AreNone()
    {
        var request = Request("CA", "");
        for (var i = 0; i < 5; i++) Try(request);
        Assert.NotEmpty(Windows(CallWindowTests.Desk(), request, "2026-11-23T18:00Z"));
        Assert.Empty(NextTries.Windows(CallWindowTests.Desk(), request, 0, At("2026-11-23T18:00Z"), underway: 1));
        Try(request);
        Assert.Empty(Windows(CallWindowTests.Desk(), request, "2026-11-23T18:00Z"));
        Assert.Null(NextTries.Find(CallWindowTests.Desk(), request, 0, At("2026-11-24T18:00Z"), At("2026-11-23T18:00Z")));
    }

    [Fact]
    public void Windows_WhileHoursAreUnconfirmed_AreCallingHoursOfEveryDay() =>
        Assert.Equal(
            ["11-22 15:30-17:00", "11-22 17:00-21:00", "11-23 08:00-12:00"],
            Local(Windows(CallWindowTests.Desk(confirmed: false, holidays: "2026-11-23"), Request("NY", ""), "2026-11-22T20:00Z"), "America/New_York").Take(3));

    [Fact]
    public void Windows_WhereTheDeskIsNeverOpenThen_AreNone() =>
        Assert.Empty(Windows(CallWindowTests.Desk(), Request("CA", "", "sun"), "2026-11-22T20:00Z"));

    [Theory]
    [InlineData("2026-11-23T18:35Z", "2026-11-23T18:02Z", "11-23 10:35-12:00")]
    [InlineData("2026-11-23T18:35Z", "2026-11-23T19:20Z", "11-23 10:35-12:00")]
    [InlineData("2026-11-23T18:35Z", "2026-11-23T19:40Z", null)]
    [InlineData("2026-11-24T16:00Z", "2026-11-23T18:02Z", "11-24 08:00-12:00")]
    [InlineData("2026-11-24T15:00Z", "2026-11-23T18:02Z", null)]
    [InlineData("2026-11-22T18:00Z", "2026-11-23T18:02Z", null)]
    [InlineData("2027-01-04T18:00Z", "2026-11-23T18:02Z", null)]
    public void Find_AChoiceThatComesBack_IsTakenWhileHalfAnHourOfItIsLeft(string start, string now, string? expected)
    {
        var window = NextTries.Find(CallWindowTests.Desk(), Request("CA", ""), 0, At(start), At(now));
        Assert.Equal(expected, window is { } found ? Local([found], "America/Los_Angeles")[0] : null);
    }

    [Fact]
    public void Find_OnADateWhoseCapIsUsedUp_IsNone() =>
        Assert.Null(NextTries.Find(CallWindowTests.Desk(), Request("CA", ""), 2, At("2026-11-23T20:00Z"), At("2026-11-23T18:00Z")));

    private static IReadOnlyList<Interval> Windows(DeskSettings desk, CallbackRequest request, string now) => NextTries.Windows(desk, request, triesToday: 0, At(now));

    private static Instant At(string text) => InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'").Parse(text).Value;

    private static List<string> Local(IEnumerable<Interval> windows, string zone)
    {
        string On(Instant instant, string pattern) => instant.InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime.ToString(pattern, CultureInfo.InvariantCulture);

        return [.. windows.Select(window => $"{On(window.Start, "MM-dd HH:mm")}-{On(window.End, "HH:mm")}")];
    }

    private static void Try(CallbackRequest request)
    {
        var now = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
        request.Claim(Staff, now);
        request.Attempt(ContactChannel.Phone, AttemptResult.Busy, new SafeContact(), next: null, Staff, now);
    }

    private CallbackRequest Request(string state, string zone, string day = "soonest", string part = "any")
    {
        var form = new CallbackForm { For = "self", Adult = "yes", Name = "Robin", State = state, TimeZone = zone, Phone = "415-555-0123", Day = day, Part = part, Consent = "yes" };
        return CallbackRequest.Submit(CallbackFormReader.Read(form, new DeskChannels(Voicemail: true, Text: true)), promised: null, readFirst: false, leadFirst: false, "/request-a-call", "key", quarantine: null,
            new Vault(new RequestKeyRing(new KeyDirectory(_keys), KeyCertificates.None)), LookupKey.LoadOrCreate(Path.Combine(_keys, "lookup.key")), new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc));
    }
}
