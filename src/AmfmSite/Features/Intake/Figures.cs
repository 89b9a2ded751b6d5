using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>
/// Counts and shares for the desk. A count from 1 to 4 is hidden, and where a reader could work it out from its row a
/// second one with it, so that nobody can be recognised in a small group.
/// </summary>
public static class Figures
{
    public const int Fewest = 5;

    private const string Hidden = "under 5", HiddenToo = "hidden";

    private static readonly (string Name, TimeSpan Most)[] Waits =
    [
        ("Up to 15 min", TimeSpan.FromMinutes(15)), ("Up to 1 h", TimeSpan.FromHours(1)), ("Up to 4 h", TimeSpan.FromHours(4)),
        ("Up to 1 day", TimeSpan.FromDays(1)), ("Longer", TimeSpan.MaxValue),
    ];

    private static readonly (string Name, RequestOutcome[] Outcomes)[] Ends =
    [
        ("Admitting", [RequestOutcome.Admitting]), ("Waiting list", [RequestOutcome.WaitingList]), ("Referred", [RequestOutcome.ReferredElsewhere]),
        ("Declined", [RequestOutcome.Declined]), ("Unreachable", [RequestOutcome.Unreachable]), ("Withdrawn", [RequestOutcome.Withdrawn]),
        ("Other", [RequestOutcome.Duplicate, RequestOutcome.Spam, RequestOutcome.EmergencyHandedOver]),
    ];

    /// <param name="openTime">How much of the time between two moments (UTC) the desk was open.</param>
    public static Figure TimeToFirstAttempt(IReadOnlyList<FigureRequest> requests, Func<DateTime, DateTime, TimeSpan> openTime)
    {
        var tried = requests.Where(request => request.FirstAttemptAt is not null).ToList();
        var waits = tried.ConvertAll(request => request.FirstAttemptAt!.Value - request.ReceivedAt);
        var open = tried.ConvertAll(request => openTime(request.ReceivedAt, request.FirstAttemptAt!.Value));
        var counts = Hide([.. Waits.Select((wait, i) => waits.Count(time => time <= wait.Most && (i == 0 || time > Waits[i - 1].Most))), requests.Count - tried.Count]);
        string[] names = [.. Waits.Select(wait => wait.Name), "Not tried yet"];
        var most = Most(counts);
        var says = waits.Count < Fewest
            ? "Fewer than 5 requests have been tried, too few to say."
            : $"Half were first tried within {Time(Quantile(waits, .5))}, nine in ten within {Time(Quantile(waits, .9))}. Counting only the hours in which the desk was open: {Time(Quantile(open, .5))} and {Time(Quantile(open, .9))}.";
        return new("first-attempt", "Time to the first attempt", says, [.. names.Zip(counts, (name, count) => Drawn(name, count, most))], ["Time", "Requests"], [.. names.Zip(counts, (name, count) => (IReadOnlyList<string>)[name, Words(count)])]);
    }

    /// <param name="now">UTC; a promise that is still to come is neither kept nor broken.</param>
    public static Figure PromisesKept(IReadOnlyList<FigureRequest> requests, DateTimeZone zone, DateTime now)
    {
        var due = requests.Where(request => request.PromisedUntil is { } until && (until < now || request.FirstAttemptAt <= until)).ToList();
        var weeks = due
            .GroupBy(request => Week(request.PromisedUntil!.Value, zone)).OrderBy(week => week.Key)
            .Select(week => (Week: week.Key.ToString("MMM d", CultureInfo.InvariantCulture), Kept: week.Count(request => request.FirstAttemptAt <= request.PromisedUntil), All: week.Count())).ToList();
        var kept = due.Count(request => request.FirstAttemptAt <= request.PromisedUntil);
        var says = due.Count < Fewest ? "Fewer than 5 promised windows have passed, too few to say."
            : IsShown(kept, due.Count) ? $"{Percent(kept, due.Count)} of the promised windows were kept: somebody tried to call before the window ended."
            : "Fewer than 5 of the promised windows were kept: somebody tried to call before the window ended.";
        return new("promises", "Promises kept", says, [.. weeks.Select(week => Rate(week.Week, week.Kept, week.All))], ["Week of", "Kept", "Promised"], [.. weeks.Select(week => RateRow(week.Week, week.Kept, week.All))]);
    }

    public static Figure ReachByHour(IReadOnlyList<FigureTry> tries)
    {
        var hours = Enumerable.Range(CallWindow.Earliest.Hour, CallWindow.Latest.Hour - CallWindow.Earliest.Hour)
            .Select(hour => ($"{hour:00}:00", tries.Where(attempt => attempt.TheirHour == hour).ToList()));
        return Reach("by-hour", "Calls that reached somebody, by hour", "on the caller’s clock", "Hour", hours, tries);
    }

    public static Figure ReachByDay(IReadOnlyList<FigureTry> tries)
    {
        var days = Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7))
            .Select(day => (day.ToString(), tries.Where(attempt => attempt.TheirDate.DayOfWeek == day).ToList()));
        return Reach("by-day", "Calls that reached somebody, by day", "on the caller’s calendar", "Day", days, tries);
    }

    /// <param name="groupOf">The group of a request, in words.</param>
    /// <param name="others">Words for the groups that are too small to stand alone.</param>
    public static Figure Outcomes(string id, string title, string head, string others, IReadOnlyList<FigureRequest> requests, Func<FigureRequest, string> groupOf)
    {
        var groups = requests.Where(request => request.Outcome is not null).GroupBy(groupOf).ToList();
        var rows = groups.Where(group => group.Count() >= Fewest).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => (Name: group.Key, Requests: group.ToList())).ToList();
        if (groups.Where(group => group.Count() < Fewest).SelectMany(group => group).ToList() is { Count: > 0 } rest) rows.Add((others, rest));
        var totals = Hide(rows.ConvertAll(row => row.Requests.Count));
        var most = Most(totals);
        var says = rows.Count == 0 ? "No request of these days has been closed yet." : "How the closed requests of these days ended. The bars show how many were closed.";
        return new(id, title, says,
            [.. rows.Zip(totals, (row, total) => Drawn(row.Name, total, most))],
            [head, .. Ends.Select(end => end.Name)],
            rows.ConvertAll(row => (IReadOnlyList<string>)[row.Name, .. Hide([.. Ends.Select(end => row.Requests.Count(request => end.Outcomes.Contains(request.Outcome!.Value)))]).Select(Words)]));
    }

    /// <summary>Null for what must be hidden. Zero tells of nobody and is shown.</summary>
    internal static IReadOnlyList<int?> Hide(IReadOnlyList<int> counts)
    {
        var shown = counts.Select(count => count is 0 or >= Fewest ? (int?)count : null).ToArray();

        // One gap alone could be worked out from a total; the smallest of the others goes with it.
        if (shown.Count(count => count is null) == 1 && counts.Where(count => count >= Fewest).DefaultIfEmpty(0).Min() is > 0 and var smallest)
            shown[counts.IndexOf(smallest)] = -1;
        return shown;
    }

    /// <summary>The value that this share of all is not above (nearest rank).</summary>
    internal static TimeSpan Quantile(IEnumerable<TimeSpan> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }

    private static Figure Reach(string id, string title, string whose, string head, IEnumerable<(string Name, List<FigureTry> Tries)> groups, IReadOnlyList<FigureTry> all)
    {
        var rates = groups.Select(group => (group.Name, Reached: group.Tries.Count(attempt => attempt.Reached), All: group.Tries.Count)).ToList();
        var reached = all.Count(attempt => attempt.Reached);
        var says = all.Count < Fewest ? "Fewer than 5 calls, too few to say."
            : IsShown(reached, all.Count) ? $"{Percent(reached, all.Count)} of {all.Count} calls reached somebody. Times are {whose}."
            : $"Fewer than 5 calls reached somebody, too few to say. Times are {whose}.";
        return new(id, title, says, all.Count < Fewest ? [] : [.. rates.Select(rate => Rate(rate.Name, rate.Reached, rate.All))], [head, "Reached", "Calls"], [.. rates.Select(rate => RateRow(rate.Name, rate.Reached, rate.All))]);
    }

    /// <summary>Where neither the group is small nor the part that its share would give away.</summary>
    private static bool IsShown(int part, int all) => all >= Fewest && part is (0 or >= Fewest);

    private static Bar Rate(string label, int part, int all) => IsShown(part, all) ? new(label, (double)part / all, Percent(part, all)) : new(label, null, all == 0 ? "none" : Hidden);

    private static IReadOnlyList<string> RateRow(string label, int part, int all) => all switch
    {
        0 => [label, "", "0"],
        < Fewest => [label, "", Hidden],
        _ => [label, IsShown(part, all) ? Percent(part, all) : Hidden, Count(all)],
    };

    private static Bar Drawn(string label, int? count, int most) => new(label, count is >= 0 and var known && most > 0 ? (double)known / most : null, Words(count));

    private static int Most(IReadOnlyList<int?> counts) => counts.DefaultIfEmpty(0).Max() ?? 0;

    private static string Words(int? count) => count switch { null => Hidden, -1 => HiddenToo, var known => Count(known.Value) };

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(int part, int all) => $"{Math.Round(100.0 * part / all, MidpointRounding.AwayFromZero):0}%";

    private static string Time(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "a minute",
        { TotalHours: < 1 } => $"{time.Minutes} min",
        { TotalDays: < 2 } => $"{(int)time.TotalHours} h {time.Minutes} min",
        _ => $"{time.Days} days {time.Hours} h",
    };

    private static LocalDate Week(DateTime utc, DateTimeZone zone)
    {
        var date = Desk.UtcTime.ToInstant(utc).InZone(zone).Date;
        return date.PlusDays(-((int)date.DayOfWeek - 1));
    }

    private static int IndexOf(this IReadOnlyList<int> counts, int count)
    {
        var i = 0;
        while (counts[i] != count) i++;
        return i;
    }
}
