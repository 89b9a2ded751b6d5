using NodaTime;
using NodaTime.Text;

namespace AmfmSite.Features.Desk;

/// <summary>settings.yaml as written.</summary>
internal sealed class DeskFront
{
    private static readonly IReadOnlyDictionary<string, IsoDayOfWeek> Days = new Dictionary<string, IsoDayOfWeek>
    {
        ["mon"] = IsoDayOfWeek.Monday,
        ["tue"] = IsoDayOfWeek.Tuesday,
        ["wed"] = IsoDayOfWeek.Wednesday,
        ["thu"] = IsoDayOfWeek.Thursday,
        ["fri"] = IsoDayOfWeek.Friday,
        ["sat"] = IsoDayOfWeek.Saturday,
        ["sun"] = IsoDayOfWeek.Sunday,
    };

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public bool Confirmed { get; set; }
    public string TimeZone { get; set; } = "";
    public Dictionary<string, string> Hours { get; set; } = [];
    public List<string> Holidays { get; set; } = [];
    public ChannelsFront Channels { get; set; } = new();

    /// <param name="fault">Called with the key and what is wrong with it.</param>
    public DeskSettings? Read(Action<string, string> fault)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone);
        if (zone is null) fault("timeZone", $"timeZone: \"{TimeZone}\" is no zone of the IANA database. Write it as America/Los_Angeles.");

        var week = new Dictionary<IsoDayOfWeek, (LocalTime, LocalTime)>();
        foreach (var (day, written) in Hours)
        {
            var times = written.Split('-').Select(time => Time.Parse(time.Trim())).ToList();
            if (!Days.TryGetValue(day, out var weekday)) fault(day, $"hours: \"{day}\" is no day. Write mon, tue, wed, thu, fri, sat or sun, and leave out a day on which the desk is closed.");
            else if (times is not [{ Success: true } opens, { Success: true } closes] || opens.Value >= closes.Value) fault(day, $"hours: {day}: write the hours as 09:00-17:00.");
            else week[weekday] = (opens.Value, closes.Value);
        }

        var holidays = new HashSet<LocalDate>();
        foreach (var written in Holidays)
        {
            if (LocalDatePattern.Iso.Parse(written) is { Success: true } date) holidays.Add(date.Value);
            else fault("holidays", $"holidays: write {written} as 2026-12-25.");
        }

        if (Confirmed && week.Count == 0) fault("hours", "hours: a desk with confirmed hours is open on some day.");
        return zone is null ? null : new(Confirmed, new(zone, week, holidays), new(Channels.Voicemail, Channels.Text));
    }

    internal sealed class ChannelsFront
    {
        public bool Voicemail { get; set; } = true;
        public bool Text { get; set; } = true;
    }
}
