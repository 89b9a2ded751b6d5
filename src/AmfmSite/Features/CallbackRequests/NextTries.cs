using AmfmSite.Features.Desk;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// When the desk may try again to reach somebody who did not answer: as the caller wished, in desk hours, between 8:00 and
/// 21:00 where they are, and within the caps.
/// </summary>
public static class NextTries
{
    private const int Most = 6;

    /// <summary>Nobody is rung again at once.</summary>
    private static readonly Duration Pause = Duration.FromMinutes(30);

    private static readonly Duration RoundTime = Duration.FromMinutes(5);

    /// <summary>
    /// The next times from half an hour on, in order, at most six, cut into mornings, afternoons and evenings of the caller.
    /// None when the cap in all is reached, or when no hour of three weeks fits.
    /// </summary>
    /// <param name="triesToday">Tries of ours on today's date where the caller is.</param>
    /// <param name="underway">Tries just made that are not written down yet: 1 while the form for the result of one is drawn.</param>
    public static IReadOnlyList<Interval> Windows(DeskSettings desk, CallbackRequest request, int triesToday, Instant now, int underway = 0) =>
        [.. From(desk, request, triesToday + underway, request.Tries + underway, RoundUp(now + Pause), now).Take(Most)];

    /// <summary>
    /// The rest of an allowed time from this moment on, for a choice that comes back from a page: what was offered stays
    /// allowed while half an hour of it is left, even when its beginning has passed since. Null when nothing is allowed then.
    /// </summary>
    /// <param name="start">As offered by <see cref="Windows"/>; any other moment of an allowed time will do.</param>
    /// <param name="triesToday">As for <see cref="Windows"/>.</param>
    /// <param name="underway">As for <see cref="Windows"/>.</param>
    public static Interval? Find(DeskSettings desk, CallbackRequest request, int triesToday, Instant start, Instant now, int underway = 0) =>
        start < now - Duration.FromDays(1) || start > now + CallWindow.Ahead ? null : From(desk, request, triesToday + underway, request.Tries + underway, start, now)
            .Where(window => window.Start == start && window.End >= now + CallWindow.Shortest)
            .Select(window => (Interval?)window)
            .FirstOrDefault();

    private static IEnumerable<Interval> From(DeskSettings desk, CallbackRequest request, int triesToday, int tries, Instant first, Instant now)
    {
        if (tries >= desk.Caps.InAll || DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.TimeZone) is not { } zone) return [];
        var today = now.InZone(zone).Date;
        return CallWindow.All(desk, request.Day, request.Part, request.TimeZone, first)
            .Where(window => triesToday < desk.Caps.PerDay || window.Start.InZone(zone).Date != today)
            .SelectMany(window => Parts(window, zone));
    }

    /// <summary>Cut where the afternoon and the evening begin, unless too little would be left on one side.</summary>
    private static IEnumerable<Interval> Parts(Interval window, DateTimeZone zone)
    {
        var (start, date) = (window.Start, window.Start.InZone(zone).Date);
        foreach (var cut in new[] { CallWindow.Noon, CallWindow.Evening }.Select(time => zone.AtLeniently(date + time).ToInstant()))
        {
            if (cut - start < CallWindow.Shortest || window.End - cut < CallWindow.Shortest) continue;
            yield return new(start, cut);
            start = cut;
        }

        yield return new(start, window.End);
    }

    private static Instant RoundUp(Instant instant) =>
        Instant.FromUnixTimeTicks((instant.ToUnixTimeTicks() + RoundTime.BclCompatibleTicks - 1) / RoundTime.BclCompatibleTicks * RoundTime.BclCompatibleTicks);
}
