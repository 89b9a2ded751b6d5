using System.Globalization;
using System.Security.Cryptography;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>The short public name of a request: eight characters of Crockford's base32 (no I, L, O, U), shown as 7K3Q-9WDP.</summary>
public static class Reference
{
    public const int Length = 8;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new one, without hyphen, from the system's random numbers.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>"7K3Q9WDP" becomes "7K3Q-9WDP".</summary>
    public static string Show(string reference) => $"{reference[..4]}-{reference[4..]}";

    /// <summary>Reads what a person typed, in any case, in full width, too, with O as 0, I and L as 1, hyphens and spaces anywhere; null when it is no reference.</summary>
    public static string? Read(string? typed)
    {
        var characters = Answer.Plain(typed).Where(c => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.DashPunctuation)
            .Select(c => char.ToUpperInvariant(c) switch { 'O' => '0', 'I' or 'L' => '1', var other => other }).ToArray();
        return characters.Length == Length && characters.All(Alphabet.Contains) ? new(characters) : null;
    }
}
