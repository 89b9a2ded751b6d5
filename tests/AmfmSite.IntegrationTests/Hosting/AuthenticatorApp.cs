using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>An authenticator app, written from RFC 6238 and RFC 4648 for the tests alone.</summary>
public sealed class AuthenticatorApp(string secret, TimeProvider? clock = null)
{
    private readonly byte[] _key = Key(secret);

    /// <summary>What the app shows now, or did some steps of 30 seconds before.</summary>
    public string Code(int stepsFromNow = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeSeconds() / 30 + stepsFromNow);
#pragma warning disable CA5350 // What all apps compute.
        var hash = HMACSHA1.HashData(_key, counter);
#pragma warning restore CA5350
        var at = hash[19] % 16;
        var number = (hash[at] % 128 << 24) + (hash[at + 1] << 16) + (hash[at + 2] << 8) + hash[at + 3];
        return (number % 1000000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>Sets the app up on the account's page.</summary>
    /// <returns>The app, and the recovery codes.</returns>
    public static async Task<(AuthenticatorApp App, IReadOnlyList<string> RecoveryCodes)> SetUpAsync(HttpClient client, TimeProvider? clock = null)
    {
        const string Path = "/staff/account/authenticator";
        var page = await client.GetPageAsync(Path);
        var app = new AuthenticatorApp(page.QuerySelector("code.secret")!.TextContent, clock);
        using var answer = await client.PostAsync(Path, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Offer"] = page.QuerySelector("[name=Offer]")!.GetAttribute("value")!,
            ["__RequestVerificationToken"] = page.QuerySelector($"form[action='{Path}'] [name=__RequestVerificationToken]")!.GetAttribute("value")!,
            ["Code"] = app.Code(),
        }));
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return (app, [.. (await answer.ReadAsync()).QuerySelectorAll(".codes code").Select(code => code.TextContent)]);
    }

    private static byte[] Key(string base32)
    {
        var bits = string.Concat(base32.Where(char.IsAsciiLetterOrDigit).Select(sign => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(sign, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(part => part.Length == 8).Select(part => Convert.ToByte(new string(part), 2))];
    }
}
