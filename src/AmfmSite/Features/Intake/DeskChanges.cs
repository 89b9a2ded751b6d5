using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>What differs between two states of the desk's settings, in words.</summary>
internal static class DeskChanges
{
    /// <summary>"Monday: 09:00 to 17:00, was closed". Empty when nothing differs.</summary>
    public static IReadOnlyList<string> Between(DeskSettings before, DeskSettings after)
    {
        var words = new List<string>();
        foreach (var (_, day) in DeskDays.All) Add($"{day}", Hours(before, day), Hours(after, day));
        Add("Time zone", UsState.ZoneName(before.Hours.Zone.Id), UsState.ZoneName(after.Hours.Zone.Id));
        words.AddRange(after.Hours.Holidays.Except(before.Hours.Holidays).Order().Select(date => $"Closed on {Date(date)}"));
        words.AddRange(before.Hours.Holidays.Except(after.Hours.Holidays).Order().Select(date => $"No longer closed on {Date(date)}"));
        Add("Voicemail", OnOff(before.Channels.Voicemail), OnOff(after.Channels.Voicemail));
        Add("Text messages", OnOff(before.Channels.Text), OnOff(after.Channels.Text));
        foreach (var (_, day) in DeskDays.All) Add($"People on {day}", People(before, day), People(after, day));
        Add("Tries on one day", $"{before.Caps.PerDay}", $"{after.Caps.PerDay}");
        Add("Tries in all", $"{before.Caps.InAll}", $"{after.Caps.InAll}");
        if (before.Confirmed != after.Confirmed) words.Add(after.Confirmed ? "Hours confirmed" : "Hours no longer confirmed");
        return words;

        void Add(string what, string was, string now)
        {
            if (was != now) words.Add($"{what}: {now}, was {was}");
        }
    }

    /// <summary>Whether what clock times in public come from is the same: hours, zone and closed days.</summary>
    public static bool SameHours(DeskSettings before, DeskSettings after) =>
        before.Hours.Zone.Equals(after.Hours.Zone) && before.Hours.Holidays.SetEquals(after.Hours.Holidays)
        && DeskDays.All.All(day => Hours(before, day.Day) == Hours(after, day.Day));

    public static string Hours(DeskSettings desk, IsoDayOfWeek day) => desk.Hours.Week.TryGetValue(day, out var hours)
        ? string.Create(CultureInfo.InvariantCulture, $"{hours.Opens:HH:mm} to {hours.Closes:HH:mm}")
        : "closed";

    public static string People(DeskSettings desk, IsoDayOfWeek day) => desk.Staffing.TryGetValue(day, out var people) ? $"{people}" : "not known";

    public static string OnOff(bool on) => on ? "on" : "off";

    public static string Date(LocalDate date) => date.ToString("dddd, MMMM d, uuuu", CultureInfo.InvariantCulture);
}
