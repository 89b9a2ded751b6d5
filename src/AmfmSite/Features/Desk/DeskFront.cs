using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace AmfmSite.Features.Desk;

/// <summary>settings.yaml as written. The desk's own page goes through it too, so that there is one set of rules.</summary>
internal sealed class DeskFront
{
    public const int MostHolidays = 100;

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public bool Confirmed { get; set; }
    public string TimeZone { get; set; } = "";
    public Dictionary<string, string> Hours { get; set; } = [];
    public List<string> Holidays { get; set; } = [];
    public ChannelsFront Channels { get; set; } = new();
    public Dictionary<string, string> Staffing { get; set; } = [];
    public CapsFront Caps { get; set; } = new();

    /// <param name="fault">Called with the key, "hours.mon" for one below another, and what to do.</param>
    public DeskSettings? Read(Action<string, string> fault)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone);
        if (zone is null) fault("timeZone", $"\"{TimeZone}\" is no zone of the IANA database. Write it as America/Los_Angeles.");

        var week = new Dictionary<IsoDayOfWeek, (LocalTime, LocalTime)>();
        foreach (var (key, written) in Hours)
        {
            var times = written.Split('-').Select(time => Time.Parse(time.Trim())).ToList();
            if (DeskDays.Find(key) is not { } day) fault($"hours.{key}", NoDay(key, "on which the desk is closed"));
            else if (times is not [{ Success: true } opens, { Success: true } closes] || opens.Value >= closes.Value) fault($"hours.{key}", $"{day}: write when the desk opens and a later time at which it closes, as 09:00-17:00.");
            else week[day] = (opens.Value, closes.Value);
        }

        var holidays = new HashSet<LocalDate>();
        foreach (var written in Holidays)
        {
            if (LocalDatePattern.Iso.Parse(written) is { Success: true } date) holidays.Add(date.Value);
            else fault("holidays", $"\"{written}\" is no date. Write it as 2026-12-25.");
        }

        if (holidays.Count > MostHolidays) fault("holidays", $"Those are {holidays.Count} days. Up to {MostHolidays} can be kept; take out some that are past.");

        var staffing = new Dictionary<IsoDayOfWeek, int>();
        foreach (var (key, written) in Staffing)
        {
            if (DeskDays.Find(key) is not { } day) fault($"staffing.{key}", NoDay(key, "of which it is not known"));
            else if (Number(written) is not (>= 0 and <= DeskSettings.MostPeople and var people)) fault($"staffing.{key}", $"{day}: people at the desk are a number from 0 to {DeskSettings.MostPeople}.");
            else staffing[day] = people;
        }

        var (perDay, inAll) = (Number(Caps.PerDay) ?? 0, Number(Caps.InAll) ?? 0);
        if (perDay is < 1 or > DeskCaps.MostPerDay) fault("caps.perDay", $"Tries on one day are a number from 1 to {DeskCaps.MostPerDay}.");
        else if (inAll < perDay || inAll > DeskCaps.MostInAll) fault("caps.inAll", $"Tries in all are a number from {perDay}, as many as on one day, to {DeskCaps.MostInAll}.");
        if (Confirmed && Hours.Count == 0) fault("hours", "A desk with confirmed hours is open on some day.");
        return zone is null ? null : new(Confirmed, new(zone, week, holidays), new(Channels.Voicemail, Channels.Text), new(perDay, inAll), staffing);
    }

    /// <summary>The settings as the text of settings.yaml; read again, it gives the same settings.</summary>
    public static string Write(DeskSettings desk)
    {
        var text = new StringBuilder("# The intake desk, as saved on its own page (/intake/desk). docs/content.md has the keys.\n");
        if (!desk.Confirmed) text.Append("# As long as confirmed is false, the site names no clock time and promises no window.\n");
        text.Append(CultureInfo.InvariantCulture, $"confirmed: {(desk.Confirmed ? "true" : "false")}\n");
        text.Append(CultureInfo.InvariantCulture, $"timeZone: {desk.Hours.Zone.Id}\n");
        Lines("hours", "{}", DeskDays.All.Where(day => desk.Hours.Week.ContainsKey(day.Day)).Select(day => $"{day.Key}: {Time.Format(desk.Hours.Week[day.Day].Opens)}-{Time.Format(desk.Hours.Week[day.Day].Closes)}"));
        Lines("holidays", "[]", desk.Hours.Holidays.Order().Select(date => $"- {LocalDatePattern.Iso.Format(date)}"));
        Lines("channels", "{}", [$"voicemail: {(desk.Channels.Voicemail ? "true" : "false")}", $"text: {(desk.Channels.Text ? "true" : "false")}"]);
        Lines("staffing", "{}", DeskDays.All.Where(day => desk.Staffing.ContainsKey(day.Day)).Select(day => $"{day.Key}: {desk.Staffing[day.Day]}"));
        Lines("caps", "{}", [$"perDay: {desk.Caps.PerDay}", $"inAll: {desk.Caps.InAll}"]);
        return text.ToString();

        void Lines(string key, string none, IEnumerable<string> lines)
        {
            var all = lines.ToList();
            text.Append(key).Append(all.Count == 0 ? $": {none}\n" : ":\n");
            foreach (var line in all) text.Append("  ").Append(line).Append('\n');
        }
    }

    private static string NoDay(string key, string without) => $"\"{key}\" is no day. Write mon, tue, wed, thu, fri, sat or sun, and leave out a day {without}.";

    private static int? Number(string written) => int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal sealed class ChannelsFront
    {
        public bool Voicemail { get; set; } = true;
        public bool Text { get; set; } = true;
    }

    internal sealed class CapsFront
    {
        public string PerDay { get; set; } = "2";
        public string InAll { get; set; } = "6";
    }
}
