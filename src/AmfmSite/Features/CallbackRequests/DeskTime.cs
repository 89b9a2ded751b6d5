namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// How long the desk was open between two moments (UTC): time in which nobody could have looked does not count against it.
/// While the desk's hours are unconfirmed it is always open.
/// </summary>
/// <param name="openTimeBetween">Never more than the time that passed, and never less for an earlier beginning.</param>
public sealed class DeskTime(Func<DateTime, DateTime, TimeSpan> openTimeBetween)
{
    private static readonly TimeSpan FarthestBack = TimeSpan.FromDays(90), Exactness = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The latest moment from which the desk was open for so long until now, so that a query can compare with one time;
    /// null when there was none within three months.
    /// </summary>
    public DateTime? Before(DateTime now, TimeSpan openTime)
    {
        var late = now - openTime;
        if (openTimeBetween(late, now) >= openTime) return late;
        var early = now - FarthestBack;
        if (openTimeBetween(early, now) < openTime) return null;
        while (late - early > Exactness)
        {
            var middle = early + ((late - early) / 2);
            if (openTimeBetween(middle, now) >= openTime) early = middle;
            else late = middle;
        }

        return early;
    }
}
