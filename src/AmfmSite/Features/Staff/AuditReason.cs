using System.Globalization;

namespace AmfmSite.Features.Staff;

/// <summary>A reason that staff give. It is kept in clear and for good, so it may hold no address and no number of a caller.</summary>
internal static class AuditReason
{
    private const int DigitsOfANumber = 7;

    /// <summary>One line, however it was pasted.</summary>
    public static string Line(string? text)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return string.Concat(line.Where(sign => !char.IsControl(sign) && char.GetUnicodeCategory(sign) != UnicodeCategory.Format));
    }

    /// <param name="line">As <see cref="Line"/> gave it.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Problem(string line) => line.Contains('@') || line.Count(char.IsDigit) >= DigitsOfANumber
        ? "Leave e-mail addresses and phone numbers out of the reason. It is kept for good."
        : null;
}
