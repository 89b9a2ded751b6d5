using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Storage.Sealing;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace AmfmSite.Web;

/// <summary><c>keys rotate</c>, <c>keys reencrypt</c>, and what <c>doctor</c> says about keys. Prints key ids and references, nothing personal.</summary>
internal sealed class KeyCommands(RequestKeyRing ring, Resealing resealing, IKeyManager signIn, TimeProvider clock)
{
    private const int CertificateDays = 60;

    public int Rotate()
    {
        Guid key;
        try
        {
            key = ring.Rotate(clock);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return CommandLine.Fault($"The new key cannot be written ({fault.Message}). Run this as the user of the site, who may write to Keys:Directory. Nothing has changed.");
        }

        CommandLine.Result($"The current key of the requests is {key}. There are {ring.Keys(clock).Count} in the ring.");
        CommandLine.Talk("Back the keys up now: from this moment requests are sealed with the new one. A running site takes it within ten seconds. `keys reencrypt` brings the old requests under it.");
        return 0;
    }

    public async Task<int> ReencryptAsync()
    {
        var (resealed, unreadable) = await resealing.RunAsync(
            (seen, changed) => CommandLine.Talk($"{seen} requests looked at, {changed} sealed anew"), CancellationToken.None);
        CommandLine.Result($"{Requests(resealed)} sealed anew.");
        foreach (var reference in unreadable) CommandLine.Result($"cannot be read: {Reference.Show(reference)}");
        foreach (var (line, _) in await LinesByKeyAsync()) CommandLine.Result(line);
        return unreadable.Count == 0
            ? 0
            : CommandLine.Fault($"{Requests(unreadable.Count)} with a value that cannot be read; it was left as it is. Keep every old key, look for the missing one in the backups of the keys, and run this again.");
    }

    /// <summary>For each line whether it is well; null is a note.</summary>
    public async Task<IReadOnlyList<(bool? Well, string Line)>> CheckAsync()
    {
        var unreadable = await resealing.CountUnreadableAsync(CancellationToken.None);
        var lines = new List<(bool? Well, string Line)> { (unreadable == 0, $"keys: {Requests(unreadable)} cannot be read") };
        lines.AddRange([RingLine("request", ring.Keys(clock)), RingLine("sign-in", RingKey.AllOf(signIn, clock))]);
        lines.AddRange((await LinesByKeyAsync()).Select(line => ((bool?)line.Well, line.Line)));
        lines.Add(CertificateLine());
        return lines;
    }

    private (bool? Well, string Line) RingLine(string name, IReadOnlyList<RingKey> keys)
    {
        var lost = keys.Count(key => !key.IsReadable);
        var current = keys.FirstOrDefault(key => key.IsCurrent);
        return (lost == 0, $"{name} keys: {keys.Count} in the ring; "
            + (current is null ? "none is current, the next use makes one" : $"the current one is {Days(clock.GetUtcNow() - current.MadeAt)} old")
            + (lost == 0 ? "" : $"; {lost} cannot be unwrapped with this certificate, put the right Keys:Certificate back"));
    }

    private (bool? Well, string Line) CertificateLine()
    {
        if (ring.CertificateEndsAt is not { } end) return (null, "keys: no certificate wraps them; whoever has the files can read the requests");
        var left = end - clock.GetUtcNow().UtcDateTime;
        return (left.TotalDays > CertificateDays, string.Create(CultureInfo.InvariantCulture, $"keys: their certificate ends on {end:yyyy-MM-dd}")
            + (left.TotalDays > CertificateDays ? $", in {Days(left)}" : left > TimeSpan.Zero ? $", in {Days(left)}; it goes on unwrapping the keys, see docs/operations.md" : "; it goes on unwrapping the keys, see docs/operations.md"));
    }

    /// <summary>Which key how many requests need: the keys of the ring, then those that are missing from it.</summary>
    private async Task<List<(string Line, bool Well)>> LinesByKeyAsync()
    {
        var counts = await resealing.CountByKeyAsync(CancellationToken.None);
        var lines = new List<(string, bool)>();
        foreach (var key in ring.Keys(clock))
        {
            counts.Remove(key.Id, out var count);
            lines.Add(($"key {key.Id}, made {key.MadeAt:yyyy-MM-dd}{(key.IsCurrent ? ", current" : "")}: {Requests(count)}{(count == 0 && !key.IsCurrent ? "; only backups may still need it" : "")}", true));
        }

        foreach (var (key, count) in counts)
            lines.Add((key == Guid.Empty ? $"no key: {Requests(count)} with damaged bytes" : $"key {key}, not in the ring: {Requests(count)}; put it back from the backup of the keys", false));
        return lines;
    }

    private static string Requests(int count) => count == 1 ? "1 request" : $"{count} requests";

    private static string Days(TimeSpan time) => (int)time.TotalDays == 1 ? "1 day" : $"{(int)time.TotalDays} days";
}
