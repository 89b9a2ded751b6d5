using Microsoft.AspNetCore.Identity;

namespace AmfmSite.Features.Staff;

/// <summary>Refuses passwords that are long and still guessed first: known ones, the alphabet and the keyboard, and those made of one's own address or our name.</summary>
internal sealed class PlainPasswords : IPasswordValidator<StaffMember>
{
    private const int ShortestName = 4;

    /// <summary>Rows that people type along, and words that guessers try with every number behind them.</summary>
    private static readonly string[] Known =
    [
        "password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "letmein", "welcome", "changeme", "iloveyou", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm", "1qaz2wsx", "qazwsxedc",
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "98765432109876543210", "administrator", "admin", "amfm", "amissionformichael", "missionformichael", "admissions", "intake",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<StaffMember> manager, StaffMember user, string? password)
    {
        var left = new string([.. (password ?? "").ToLowerInvariant().Where(char.IsLetterOrDigit)]);
        var name = (user.Email ?? "").Split('@')[0].ToLowerInvariant();
        foreach (var word in Known.Append(name).Where(word => word.Length >= ShortestName)) left = left.Replace(word, "", StringComparison.Ordinal);
        foreach (var row in Known) left = InRow(left, row) ? "" : left;
        return Task.FromResult(left.Count(char.IsLetter) >= ShortestName || left.Distinct().Count() >= ShortestName * 2 || password!.Where(sign => !char.IsLetterOrDigit(sign)).Distinct().Count() >= ShortestName
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = nameof(PlainPasswords), Description = "This password is one of the first that are guessed." }));
    }

    /// <summary>"3456789012" and "ghijklmnop" are parts of a row.</summary>
    private static bool InRow(string text, string row) => text.Length > 0 && (row + row).Contains(text, StringComparison.Ordinal);
}
