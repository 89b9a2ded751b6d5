using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace AmfmSite.Features.Intake;

/// <summary>From one day to another, both whole, UTC.</summary>
public sealed record AuditDays(DateOnly? From, DateOnly? To)
{
    private const string Format = "yyyy-MM-dd";

    public DateTime Start => (From ?? DateOnly.MinValue).ToDateTime(default, DateTimeKind.Utc);

    /// <summary>The first moment after the last day.</summary>
    public DateTime End => To is { } day && day < DateOnly.MaxValue ? day.AddDays(1).ToDateTime(default, DateTimeKind.Utc) : DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    public static string Write(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads what a form holds, and says on it what is wrong; a day that is wrong is left out.</summary>
    public static AuditDays Read(string? from, string? to, ModelStateDictionary state)
    {
        var days = new AuditDays(Day("From", from, state), Day("To", to, state));
        if (days.From <= days.To || days.From is null || days.To is null) return days;
        state.AddModelError("To", "The last day lies before the first. Swap them.");
        return days with { To = null };
    }

    /// <summary>"2026-11-01 to 2026-11-22", with nothing where a side is open.</summary>
    public override string ToString() => (From, To) switch
    {
        ({ } from, { } to) => $"{Write(from)} to {Write(to)}",
        ({ } from, null) => $"from {Write(from)}",
        (null, { } to) => $"to {Write(to)}",
        _ => "",
    };

    private static DateOnly? Day(string field, string? written, ModelStateDictionary state)
    {
        if (string.IsNullOrWhiteSpace(written)) return null;
        if (DateOnly.TryParseExact(written.Trim(), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        state.AddModelError(field, "Write the day like this: 2026-11-22.");
        return null;
    }
}
