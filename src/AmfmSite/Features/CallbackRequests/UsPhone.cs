using System.Globalization;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>US phone numbers as people write them, kept as E.164 with an RFC 3966 extension: <c>+14155550123;ext=12</c>.</summary>
/// <remarks>Source: North American Numbering Plan; area code and exchange begin with 2 to 9.</remarks>
public static class UsPhone
{
    private const string Separators = " -.()/‐‑‒–\u00a0\t";
    private const int LongestExtension = 6;

    /// <returns>The number, or null when it cannot be a US number.</returns>
    public static string? Parse(string? typed)
    {
        var text = Answer.Plain(typed).ToLowerInvariant().Replace("tel:", "", StringComparison.Ordinal);
        var (number, extension) = SplitExtension(text);
        if (extension is null || number.TrimStart('+').Any(c => !char.IsDigit(c) && !Separators.Contains(c))) return null;

        var digits = Digits(number);
        if (digits.Length == 11 && digits[0] == '1') digits = digits[1..];
        else if (number.StartsWith('+')) return null;
        if (digits.Length != 10 || digits[0] is '0' or '1' || digits[3] is '0' or '1') return null;
        return $"+1{digits}{(extension.Length > 0 ? $";ext={extension}" : "")}";
    }

    /// <summary>"415-555-0123" or "415-555-0123, extension 12".</summary>
    public static string Show(string e164)
    {
        var parts = e164.Split(";ext=");
        var shown = parts[0].Length == 12 ? $"{parts[0][2..5]}-{parts[0][5..8]}-{parts[0][8..]}" : parts[0];
        return parts.Length == 2 ? $"{shown}, extension {parts[1]}" : shown;
    }

    private static (string Number, string? Extension) SplitExtension(string text)
    {
        foreach (var mark in new[] { ";ext=", ", extension", "extension", "ext.", "ext", "x", "#" })
        {
            var at = text.IndexOf(mark, StringComparison.Ordinal);
            if (at <= 0) continue;
            var digits = text[(at + mark.Length)..].Trim(' ', '.', ':', '=');
            return (text[..at].Trim(' ', ','), digits.Length is > 0 and <= LongestExtension && digits.All(char.IsDigit) ? Digits(digits) : null);
        }

        return (text, "");
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsDigit).Select(c => (int)CharUnicodeInfo.GetNumericValue(c)));
}
