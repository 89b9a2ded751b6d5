using System.Globalization;
using System.Net.Mail;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>How single answers of the form are read; <see cref="CallbackFormValidator"/> and <see cref="CallbackFormReader"/> agree through it.</summary>
internal static class Answer
{
    /// <summary>
    /// One line of text: control characters and whatever else ends a line are spaces, marks that turn the direction of text
    /// are dropped, ends are trimmed. Nothing else is "corrected".
    /// </summary>
    public static string Line(string? text) =>
        string.Concat((text ?? "").Where(c => !TurnsText(c)).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();

    /// <summary>Several lines: line ends are \n, other control characters and marks that turn the direction of text are dropped.</summary>
    public static string Lines(string? text) =>
        string.Concat((text ?? "").ReplaceLineEndings("\n").Where(c => c == '\n' || !(char.IsControl(c) || TurnsText(c)))).Trim();

    /// <summary>
    /// A number, code or address as an English keyboard writes it: full-width signs of a Japanese or Chinese one are the plain
    /// ones, and marks that nobody sees, which come along when it is copied, are dropped.
    /// </summary>
    public static string Plain(string? text) => string.Concat(Line(text)
        .Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format)
        .Select(c => c is >= '\uff01' and <= '\uff5e' ? (char)(c - 0xfee0) : c)).Trim();

    /// <summary>The form values of a choice: its names in lower case.</summary>
    public static string[] Values<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];

    public static T Choice<T>(string? value, T otherwise) where T : struct, Enum =>
        Values<T>().Contains(value) ? Enum.Parse<T>(value!, ignoreCase: true) : otherwise;

    /// <summary>A key of a list: empty when none was chosen, null when it cannot be a key.</summary>
    public static string? Key(string? value)
    {
        var key = value ?? "";
        return key.Length <= CallbackRequest.ChoiceLength && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? key : null;
    }

    /// <summary>The address with its domain in lower case, or null. Looked at lightly: only a mail tells whether an address works.</summary>
    public static string? Email(string? text)
    {
        var line = Plain(text);
        if (line.Length > CallbackRequest.EmailLength || line.Any(c => c is ' ' or '<' or '>' or '"' or ',')) return null;
        if (!MailAddress.TryCreate(line, out var address) || address.Address != line) return null;
        var labels = address.Host.Split('.');
        return labels.Length > 1 && labels.All(label => label.Length > 0) ? $"{address.User}@{address.Host.ToLowerInvariant()}" : null;
    }

    /// <summary>The caller's zone: the state's own, or the one chosen where there are several; null when it is not known.</summary>
    public static string? Zone(string? state, string? chosen)
    {
        var zones = state == UsState.Other ? [.. UsState.ZoneNames.Select(zone => zone.Id)] : UsState.Find(state)?.Zones ?? [];
        return zones.Count == 1 ? zones[0] : zones.Contains(chosen) ? chosen : null;
    }

    /// <summary>
    /// Embeddings, overrides and isolates: a name that ends in one would turn the words of the desk that stand after it. No
    /// script needs them within a name; letters bring their own direction.
    /// </summary>
    private static bool TurnsText(char c) => c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
