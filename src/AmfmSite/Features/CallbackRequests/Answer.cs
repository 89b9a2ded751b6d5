using System.Net.Mail;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>How single answers of the form are read; <see cref="CallbackFormValidator"/> and <see cref="CallbackFormReader"/> agree through it.</summary>
internal static class Answer
{
    /// <summary>One line of text: control characters are spaces, ends are trimmed. Nothing else is "corrected".</summary>
    public static string Line(string? text) => string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    /// <summary>Several lines: line ends are \n, other control characters are dropped.</summary>
    public static string Lines(string? text) =>
        string.Concat((text ?? "").ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))).Trim();

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
        var line = Line(text);
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
}
