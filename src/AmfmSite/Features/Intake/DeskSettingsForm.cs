using System.Globalization;
using System.Text.RegularExpressions;
using AmfmSite.Features.Desk;
using NodaTime;
using NodaTime.Text;

namespace AmfmSite.Features.Intake;

/// <summary>The desk's settings as typed. A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed partial class DeskSettingsForm
{
    public const int ZoneLength = 60, TimeLength = 12, NumberLength = 3, DatesLength = 2000;

    private static readonly LocalDatePattern AmericanDate = LocalDatePattern.CreateWithInvariantCulture("M/d/uuuu");

    /// <summary>Number of the revision the page was drawn from.</summary>
    public int Revision { get; set; }

    /// <summary>By "mon" to "sun", as 09:00 or 9 am; both empty on a day on which the desk is closed.</summary>
    public Dictionary<string, string?> Opens { get; set; } = [];

    public Dictionary<string, string?> Closes { get; set; } = [];

    /// <summary>Empty where it is not known.</summary>
    public Dictionary<string, string?> People { get; set; } = [];

    public string? TimeZone { get; set; }

    /// <summary>Those that stay, as 2026-12-25.</summary>
    public List<string> Holidays { get; set; } = [];

    /// <summary>Those to add, as 2026-12-25 or 12/25/2026.</summary>
    public string? MoreHolidays { get; set; }

    /// <summary>"yes" when it is on, as with the next.</summary>
    public string? Voicemail { get; set; }

    public string? Text { get; set; }
    public string? PerDay { get; set; }
    public string? InAll { get; set; }
    public string? Reason { get; set; }

    /// <summary>"yes": hours that were confirmed stay so although this changes them.</summary>
    public string? StillRight { get; set; }

    public static DeskSettingsForm Of(int revision, DeskSettings desk)
    {
        var form = new DeskSettingsForm
        {
            Revision = revision,
            TimeZone = desk.Hours.Zone.Id,
            Holidays = [.. desk.Hours.Holidays.Order().Select(LocalDatePattern.Iso.Format)],
            Voicemail = desk.Channels.Voicemail ? "yes" : null,
            Text = desk.Channels.Text ? "yes" : null,
            PerDay = desk.Caps.PerDay.ToString(CultureInfo.InvariantCulture),
            InAll = desk.Caps.InAll.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (key, day) in DeskDays.All)
        {
            if (desk.Hours.Week.TryGetValue(day, out var hours)) (form.Opens[key], form.Closes[key]) = (Write(hours.Opens), Write(hours.Closes));
            if (desk.Staffing.TryGetValue(day, out var people)) form.People[key] = people.ToString(CultureInfo.InvariantCulture);
        }

        return form;
    }

    /// <summary>As settings.yaml would have it; what cannot be understood goes there as typed, and is refused by its rules.</summary>
    internal DeskFront ToFront(bool confirmed) => new()
    {
        Confirmed = confirmed,
        TimeZone = TimeZone ?? "",
        Hours = DeskDays.All.Where(day => Typed(Opens, day.Key).Length + Typed(Closes, day.Key).Length > 0)
            .ToDictionary(day => day.Key, day => $"{TimeOf(Typed(Opens, day.Key))}-{TimeOf(Typed(Closes, day.Key))}"),
        Holidays = [.. Dates().Distinct()],
        Channels = new() { Voicemail = Voicemail == "yes", Text = Text == "yes" },
        Staffing = DeskDays.All.Where(day => Typed(People, day.Key).Length > 0).ToDictionary(day => day.Key, day => Typed(People, day.Key)),
        Caps = new() { PerDay = PerDay?.Trim() ?? "", InAll = InAll?.Trim() ?? "" },
    };

    /// <summary>Name of the field that a key of settings.yaml is typed into.</summary>
    public static string FieldOf(string key) => key.Split('.') switch
    {
        ["hours", var day] => $"{nameof(Opens)}[{day}]",
        ["hours"] => $"{nameof(Opens)}[{DeskDays.All[0].Key}]",
        ["staffing", var day] => $"{nameof(People)}[{day}]",
        ["holidays"] => nameof(MoreHolidays),
        ["caps", "perDay"] => nameof(PerDay),
        ["caps", "inAll"] => nameof(InAll),
        _ => nameof(TimeZone),
    };

    /// <summary>Takes over what a colleague changed since the page was drawn, except where this changes the same.</summary>
    public void Merge(DeskSettingsForm drawn, DeskSettingsForm theirs)
    {
        Revision = theirs.Revision;
        foreach (var (key, _) in DeskDays.All)
        {
            if (HoursOf(this, key) == HoursOf(drawn, key)) (Opens[key], Closes[key]) = (Typed(theirs.Opens, key), Typed(theirs.Closes, key));
            if (Typed(People, key) == Typed(drawn.People, key)) People[key] = Typed(theirs.People, key);
        }

        if (TimeZone == drawn.TimeZone) TimeZone = theirs.TimeZone;
        if (Voicemail == drawn.Voicemail) Voicemail = theirs.Voicemail;
        if (Text == drawn.Text) Text = theirs.Text;
        if (PerDay == drawn.PerDay) PerDay = theirs.PerDay;
        if (InAll == drawn.InAll) InAll = theirs.InAll;
        var removed = drawn.Holidays.Except(Holidays).ToList();
        Holidays = [.. Holidays.Except(drawn.Holidays.Except(theirs.Holidays)).Union(theirs.Holidays.Except(removed)).Order(StringComparer.Ordinal)];

        static (string, string) HoursOf(DeskSettingsForm form, string key) => (TimeOf(Typed(form.Opens, key)), TimeOf(Typed(form.Closes, key)));
    }

    public static string Typed(Dictionary<string, string?> answers, string key) => answers.GetValueOrDefault(key)?.Trim() ?? "";

    private static string Write(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private IEnumerable<string> Dates() => Holidays.Concat((MoreHolidays ?? "").Split([' ', ',', ';', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        .Select(date => AmericanDate.Parse(date) is { Success: true } american ? LocalDatePattern.Iso.Format(american.Value) : date);

    /// <summary>"9", "9:30 am", "5 p.m." and "1730" as 09:00, 09:30, 17:00 and 17:30; anything else as typed.</summary>
    private static string TimeOf(string typed)
    {
        if (WrittenTime().Match(typed.Replace(".", "", StringComparison.Ordinal)) is not { Success: true } match) return typed;
        var hour = int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture);
        var half = match.Groups["half"].Value.ToLowerInvariant();
        if (half.Length > 0 && hour is < 1 or > 12) return typed;
        if (half.Length > 0) hour = (hour % 12) + (half == "p" ? 12 : 0);
        return $"{hour:00}:{(match.Groups["minute"].Success ? match.Groups["minute"].Value : "00")}";
    }

    [GeneratedRegex("^(?<hour>[0-9]{1,2}):?(?<minute>[0-9]{2})? ?((?<half>[ap])m?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WrittenTime();
}
