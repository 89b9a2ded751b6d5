using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using AmfmSite.Storage.Sealing;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Interval = NodaTime.Interval;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

/// <summary>
/// Windows of any desk, any wish and any zone of the form, most of them around daylight-saving nights, against a wall clock
/// kept by hand (<see cref="UsClock"/>): every window is allowed, and no allowed time is passed over.
/// </summary>
public sealed class CallWindowPropertyTests : IDisposable
{
    private const int Runs = 400, Step = 15;

    private static readonly Gen<DateTime> Moments =
        from year in Gen.Choose(2024, 2031)
        from night in Gen.Frequency((2, Gen.Constant(UsClock.Spring(year))), (2, Gen.Constant(UsClock.Autumn(year))), (1, Gen.Choose(0, 364).Select(day => new DateTime(year, 1, 1).AddDays(day))))
        from minutes in Gen.Choose(-7 * 24 * 60, 2 * 24 * 60)
        select DateTime.SpecifyKind(night.AddMinutes(minutes), DateTimeKind.Utc);

    /// <summary>Opens and closes on the hour: what a half hour that a night skips or doubles should mean is a matter of taste.</summary>
    private static readonly Gen<DeskSettings> Desks =
        from zone in Gen.Elements(UsClock.All.ToArray())
        from days in Gen.SubListOf(Enum.GetValues<IsoDayOfWeek>()[1..])
        from opens in Gen.Choose(0, 20)
        from hours in Gen.Choose(1, 23)
        from holidays in Gen.SubListOf("2027-03-14", "2027-11-07", "2026-11-26", "2026-12-25", "2028-03-13")
        from perDay in Gen.Choose(1, 3)
        select CallWindowTests.Desk(true, [.. days], $"{opens:00}:00", opens + hours < 24 ? $"{opens + hours:00}:00" : "23:59", zone, [.. holidays]) with { Caps = new(perDay, 6) };

    private static readonly Gen<Case> Cases =
        from desk in Desks
        from day in Gen.Frequency((1, Gen.Constant(CallDay.Soonest)), (1, Gen.Elements(Enum.GetValues<CallDay>())))
        from part in Gen.Elements(Enum.GetValues<CallPart>())
        from zone in Gen.Elements(UsClock.All.ToArray())
        from now in Moments
        from later in Gen.Frequency((3, Gen.Choose(0, 300)), (1, Gen.Choose(0, 3 * 24 * 60)))
        from tries in Gen.Choose(0, 6)
        from today in Gen.Choose(0, 3)
        select new Case(desk, day, part, zone, now, now.AddMinutes(later), tries, today);

    private readonly string _keys = Directory.CreateTempSubdirectory("amfmsite-unit-").FullName;
    private readonly Vault _vault;
    private readonly LookupKey _lookup;

    public CallWindowPropertyTests()
    {
        _vault = new(new RequestKeyRing(new KeyDirectory(_keys), KeyCertificates.None));
        _lookup = LookupKey.LoadOrCreate(Path.Combine(_keys, "lookup.key"));
    }

    public void Dispose() => Directory.Delete(_keys, recursive: true);

    [Fact]
    public void All_OfAnyDeskWishAndZone_AreAllowedAndNoAllowedTimeIsPassedOver() => ForAll(it =>
    {
        var windows = CallWindow.All(it.Desk, it.Day, it.Part, it.Zone, At(it.Now)).ToList();
        foreach (var window in windows)
        {
            Assert.True(window.Start >= At(it.Now), $"{window} is past");
            Assert.True(window.Duration >= CallWindow.Shortest, $"{window} is too short");
            for (var moment = Of(window.Start); moment < Of(window.End); moment = moment.AddMinutes(5)) Assert.True(it.MayCall(moment), $"{window} holds {moment:u}");
            Assert.True(it.MayCall(Of(window.End).AddSeconds(-1)), $"{window} ends too late");
        }

        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, $"{pair.Second} does not come after {pair.First}"));
        foreach (var run in Allowed(it, days: 19).Where(run => run.Count * Step > CallWindow.Shortest.TotalMinutes + Step))
            Assert.True(run.All(moment => windows.Any(window => window.Contains(At(moment)))), $"{run[0]:u} to {run[^1]:u} is passed over");
    });

    /// <summary>Who asks later is called at the same time or later, in the same windows.</summary>
    [Fact]
    public void Next_AskedLater_IsNeverEarlier() => ForAll(it =>
    {
        var (now, later) = (CallWindow.All(it.Desk, it.Day, it.Part, it.Zone, At(it.Now)).ToList(), CallWindow.All(it.Desk, it.Day, it.Part, it.Zone, At(it.Later)).ToList());
        Assert.Equal(now.Select(window => (Interval?)window).FirstOrDefault(), CallWindow.Next(it.Desk.Hours, it.Day, it.Part, it.Zone, At(it.Now)));
        if (now.Count == 0) return;
        var horizon = At(it.Now) + CallWindow.Ahead - Duration.FromDays(2);
        if (later.Count > 0) Assert.True(now[0].Start <= later[0].Start && now[0].End <= later[0].End, $"{later[0]} before {now[0]}");
        Assert.All(later.Where(window => window.End < horizon), window => Assert.Contains(now, earlier => earlier.End == window.End && earlier.Start <= window.Start));
        Assert.All(now.Where(window => window.Start >= At(it.Later)), window => Assert.Contains(window, later));
    });

    /// <summary>While the hours are unconfirmed the wish and calling hours alone count.</summary>
    [Fact]
    public void All_OfAnUnconfirmedDesk_KeepTheWishAndCallingHours() => ForAll(it =>
    {
        var unconfirmed = it with { Desk = it.Desk with { Confirmed = false } };
        var windows = CallWindow.All(unconfirmed.Desk, it.Day, it.Part, it.Zone, At(it.Now)).ToList();
        Assert.InRange(windows.Count, 2, 23);
        foreach (var moment in windows.SelectMany(window => new[] { Of(window.Start), Of(window.End).AddSeconds(-1) })) Assert.True(unconfirmed.MayCall(moment), $"{moment:u}");
    });

    [Fact]
    public void Windows_OfNextTries_AreAllowedLaterThanHalfAnHourAndWithinTheCaps() => ForAll(it =>
    {
        var request = Request(it);
        var windows = NextTries.Windows(it.Desk, request, it.TriesToday, At(it.Now));
        if (it.Tries >= it.Desk.Caps.InAll) Assert.Empty(windows);
        Assert.InRange(windows.Count, 0, 6);
        foreach (var window in windows)
        {
            Assert.True(window.Start >= At(it.Now) + Duration.FromMinutes(30) && window.Duration >= CallWindow.Shortest, $"{window}");
            Assert.True(it.MayCall(Of(window.Start)) && it.MayCall(Of(window.End).AddSeconds(-1)), $"{window} is not allowed");
            if (it.TriesToday >= it.Desk.Caps.PerDay) Assert.NotEqual(it.Wall(it.Now).Date, it.Wall(Of(window.Start)).Date);

            // What was offered stays what it is while half an hour of it is left, and no longer.
            Assert.Equal(window, NextTries.Find(it.Desk, request, it.TriesToday, window.Start, At(it.Now)));
            var late = window.End - CallWindow.Shortest;
            if (late > At(it.Now) + Duration.FromDays(1)) continue;
            var mayToday = it.TriesToday < it.Desk.Caps.PerDay;
            if (mayToday) Assert.Equal(window, NextTries.Find(it.Desk, request, it.TriesToday, window.Start, late));
            Assert.Null(NextTries.Find(it.Desk, request, it.TriesToday, window.Start, late + Duration.FromSeconds(1)));
        }

        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    });

    private static void ForAll(Action<Case> property) => Prop.ForAll(Cases.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    /// <summary>Unbroken rows of moments, a quarter of an hour apart, at which a call is allowed.</summary>
    private static List<List<DateTime>> Allowed(Case it, int days)
    {
        var runs = new List<List<DateTime>>();
        DateTime? before = null;
        for (var moment = it.Now; moment < it.Now.AddDays(days); moment = moment.AddMinutes(Step))
        {
            if (!it.MayCall(moment)) before = null;
            else
            {
                if (before is not { } last || it.DeskWall(last).Date != it.DeskWall(moment).Date) runs.Add([]);
                runs[^1].Add(moment);
                before = moment;
            }
        }

        return runs;
    }

    private static Instant At(DateTime utc) => Instant.FromDateTimeUtc(utc);

    private static DateTime Of(Instant instant) => instant.ToDateTimeUtc();

    private CallbackRequest Request(Case it)
    {
        var form = new CallbackForm
        {
            For = "self",
            Adult = "yes",
            Name = "Robin",
            State = "other",
            TimeZone = it.Zone,
            Phone = "415-555-0123",
            Consent = "yes",
            Day = it.Day.ToString().ToLowerInvariant(),
            Part = it.Part.ToString().ToLowerInvariant(),
        };
        var request = CallbackRequest.Submit(
            CallbackFormReader.Read(form, it.Desk.Channels), promised: null, readFirst: false, leadFirst: false, "/request-a-call", "key", quarantine: null, _vault, _lookup, it.Now.AddDays(-1));
        var staff = Guid.NewGuid();
        for (var i = 0; i < it.Tries; i++)
        {
            request.Claim(staff, it.Now);
            request.Attempt(ContactChannel.Phone, AttemptResult.Busy, new SafeContact(), next: null, staff, it.Now);
        }

        return request;
    }

    private sealed record Case(DeskSettings Desk, CallDay Day, CallPart Part, string Zone, DateTime Now, DateTime Later, int Tries, int TriesToday)
    {
        public DateTime Wall(DateTime utc) => UsClock.Local(Zone, utc);

        public DateTime DeskWall(DateTime utc) => UsClock.Local(Desk.Hours.Zone.Id, utc);

        public bool MayCall(DateTime utc)
        {
            var (theirs, ours) = (Wall(utc), DeskWall(utc));
            var (from, until) = Part switch { CallPart.Morning => (8, 12), CallPart.Afternoon => (12, 17), CallPart.Evening => (17, 21), _ => (8, 21) };
            return theirs.Hour >= from && theirs.Hour < until && (Day == CallDay.Soonest || theirs.DayOfWeek.ToString()[..3] == Day.ToString()) && (!Desk.Confirmed || IsOpen(ours));
        }

        private bool IsOpen(DateTime wall)
        {
            var time = LocalDateTime.FromDateTime(wall);
            return !Desk.Hours.Holidays.Contains(time.Date) && Desk.Hours.Week.TryGetValue(time.DayOfWeek, out var hours) && time.TimeOfDay >= hours.Opens && time.TimeOfDay < hours.Closes;
        }
    }
}
