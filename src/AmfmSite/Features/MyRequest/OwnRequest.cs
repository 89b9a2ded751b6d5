using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.MyRequest;

/// <summary>
/// Finds somebody's request by its code and what only they should know: the end of their number, or their address. Whatever
/// is wrong, the work is the same: one row is looked up, one sealed value is opened, two hashes are compared in fixed time.
/// </summary>
public sealed class OwnRequest(AmfmDbContext db, Vault vault, Decoy decoy, ILogger<OwnRequest> log)
{
    private const int Digits = 4;

    /// <param name="reference">As <see cref="Reference.Read"/> gives it; null for a code that cannot be one.</param>
    /// <param name="contact">As typed.</param>
    /// <returns>The request's id, or null when anything does not fit.</returns>
    public async Task<Guid?> FindAsync(string? reference, string? contact, CancellationToken cancellation)
    {
        var typed = Read(contact, out var isEmail);
        reference ??= "";
        var request = await db.CallbackRequests.AsNoTracking().SingleOrDefaultAsync(request => request.Reference == reference, cancellation);
        var stored = isEmail ? request?.Email : request?.Phone;
        var opened = vault.Open(stored ?? decoy.Value);
        if (stored is not null && opened.IsUnreadable) log.LogError("Request {Reference} cannot be opened by its caller: what it is compared with cannot be read", reference);

        var expected = isEmail ? opened.TextOrNull?.ToLowerInvariant() : End(opened.TextOrNull);
        var fits = CryptographicOperations.FixedTimeEquals(Hash(typed), Hash(expected));
        return fits & typed.Length > 0 & stored is not null & opened.HasText ? request!.Id : null;
    }

    /// <summary>What was typed as it is compared; empty when it can be neither digits nor an address.</summary>
    private static string Read(string? contact, out bool isEmail)
    {
        var line = Answer.Plain(contact);
        isEmail = line.Contains('@', StringComparison.Ordinal);
        if (isEmail) return Answer.Email(line)?.ToLowerInvariant() ?? "";
        if (UsPhone.Parse(line) is { } whole) return End(whole);
        var digits = string.Concat(line.Where(char.IsDigit).Select(c => (int)CharUnicodeInfo.GetNumericValue(c)));
        return digits.Length == Digits && line.All(c => char.IsDigit(c) || c is ' ' or '-' or '.') ? digits : "";
    }

    /// <summary>The last digits of a number as it is stored, without its extension.</summary>
    private static string End(string? e164) => e164?.Split(';')[0] is { Length: >= Digits } number ? number[^Digits..] : "";

    private static byte[] Hash(string? text) => SHA256.HashData(Encoding.UTF8.GetBytes(text ?? ""));
}
