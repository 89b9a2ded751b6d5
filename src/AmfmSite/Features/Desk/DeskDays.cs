using NodaTime;

namespace AmfmSite.Features.Desk;

/// <summary>The days of the week as the desk's record writes them, from Monday on.</summary>
public static class DeskDays
{
    public static readonly IReadOnlyList<(string Key, IsoDayOfWeek Day)> All =
    [
        ("mon", IsoDayOfWeek.Monday), ("tue", IsoDayOfWeek.Tuesday), ("wed", IsoDayOfWeek.Wednesday), ("thu", IsoDayOfWeek.Thursday),
        ("fri", IsoDayOfWeek.Friday), ("sat", IsoDayOfWeek.Saturday), ("sun", IsoDayOfWeek.Sunday),
    ];

    public static IsoDayOfWeek? Find(string key) => All.Where(day => day.Key == key).Select(day => (IsoDayOfWeek?)day.Day).FirstOrDefault();
}
