using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Storage.Sealing;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace AmfmSite.Web;

/// <summary><c>keys rotate</c>, <c>keys reencrypt</c>, <c>keys rewrap</c>, and what <c>doctor</c> says about keys. Prints key ids and references, nothing personal.</summary>
internal sealed class KeyCommands(RequestKeyRing ring, KeyRings rings, KeyWrapping wrapping, KeyCertificates certificates, Resealing resealing, IKeyManager signIn, TimeProvider clock)
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
            (seen, changed) => CommandLine.Talk($"{seen} rows looked at, {changed} sealed anew"), CancellationToken.None);
        CommandLine.Result($"{Requests(resealed)} sealed anew.");
        foreach (var reference in unreadable) CommandLine.Result($"cannot be read: {Reference.Show(reference)}");
        foreach (var (line, _) in LinesByKey((await resealing.CountAsync(CancellationToken.None)).ByKey)) CommandLine.Result(line);
        return unreadable.Count == 0
            ? 0
            : CommandLine.Fault($"{Requests(unreadable.Count)} with a value that cannot be read; it was left as it is. Keep every old key, look for the missing one in the backups of the keys, and run this again.");
    }

    public int Rewrap()
    {
        if (certificates.Current is null) return CommandLine.Fault("There is no certificate to wrap the keys with: name one in Keys:Certificate. Nothing has changed.");
        var foreign = 0;
        foreach (var (name, keys) in new[] { ("request", rings.Requests), ("sign-in", rings.SignIn) })
        {
            try
            {
                var (rewrapped, left) = wrapping.Rewrap(keys);
                CommandLine.Result($"{Keys(rewrapped, name)} wrapped anew.");
                foreach (var key in left) CommandLine.Result($"cannot be unwrapped: {name} key {key.Id}{(key.WrappedBy is null ? "" : $", wrapped by the certificate {Mark(key.WrappedBy)}")}");
                foreign += left.Count;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return CommandLine.Fault($"A key cannot be written ({fault.Message}). Run this as the user of the site, who may write to Keys:Directory. No key is lost; those before it are wrapped anew.");
            }
            catch (InvalidDataException fault)
            {
                return CommandLine.Fault(fault.Message);
            }
        }

        if (foreign > 0) return CommandLine.Fault($"{Keys(foreign)} cannot be unwrapped and stayed as they were. Name their certificate in Keys:FormerCertificates and run this again.");
        CommandLine.Talk("Back the keys up now: from this moment they need the current certificate. `doctor` says which former certificate may go.");
        return 0;
    }

    /// <summary>For each line whether it is well; null is a note.</summary>
    public async Task<IReadOnlyList<(bool? Well, string Line)>> CheckAsync()
    {
        var (unreadable, byKey) = await resealing.CountAsync(CancellationToken.None);
        var (requestKeys, signInKeys) = (KeyWrapping.All(rings.Requests), KeyWrapping.All(rings.SignIn));
        return
        [
            (unreadable == 0, $"keys: {Requests(unreadable)} cannot be read"),
            RingLine("request", ring.Keys(clock), requestKeys),
            RingLine("sign-in", RingKey.AllOf(signIn, clock), signInKeys),
            .. LinesByKey(byKey).Select(line => ((bool?)line.Well, line.Line)),
            .. CertificateLines(requestKeys, signInKeys),
        ];
    }

    private (bool? Well, string Line) RingLine(string name, IReadOnlyList<RingKey> keys, IReadOnlyList<WrappedKey> kept)
    {
        var known = certificates.Former.Select(former => former.Certificate).Append(certificates.Current).ToList();
        var foreign = kept.Where(key => !known.Any(key.IsWrappedBy)).Select(key => key.WrappedBy).OfType<X509Certificate2>().Select(Mark).Distinct();
        var lost = keys.Count(key => !key.IsReadable);
        var current = keys.FirstOrDefault(key => key.IsCurrent);
        return (lost == 0, $"{name} keys: {keys.Count} in the ring; "
            + (current is null ? "none is current, the next use makes one" : $"the current one is {Days(clock.GetUtcNow() - current.MadeAt)} old")
            + (lost == 0 ? "" : $"; {lost} cannot be unwrapped, put the right Keys:Certificate back or name it in Keys:FormerCertificates{string.Concat(foreign.Select(mark => $" (the one {mark})"))}"));
    }

    private IEnumerable<(bool? Well, string Line)> CertificateLines(IReadOnlyList<WrappedKey> requestKeys, IReadOnlyList<WrappedKey> signInKeys)
    {
        if (certificates.Current is { } current)
        {
            var left = current.NotAfter.ToUniversalTime() - clock.GetUtcNow().UtcDateTime;
            yield return (left.TotalDays > CertificateDays, $"keys: their certificate ends on {End(current)}{(left > TimeSpan.Zero ? $", in {Days(left)}" : "")}"
                + (left.TotalDays > CertificateDays ? "" : "; it goes on unwrapping, put another in its place: docs/operations.md, \"Replace the certificate\""));
            if (Those(key => key.IsInClear) is { } clear) yield return (false, $"keys: {clear} not wrapped; `keys rewrap` does it");
        }
        else
        {
            yield return (null, "keys: no certificate wraps them; whoever has the files can read the requests");
        }

        foreach (var (setting, former) in certificates.Former.Where(former => former.Certificate.Thumbprint != certificates.Current?.Thumbprint))
            yield return (null, Those(key => key.IsWrappedBy(former)) is { } needing
                ? $"keys: {needing} still wrapped by the former certificate that ends on {End(former)} ({setting}); `keys rewrap` brings them under the current one"
                : $"keys: none is wrapped by the former certificate that ends on {End(former)} any more: take {setting} out of the settings, and keep the file with the backups of the keys from before");

        // "1 request key and 2 sign-in keys are", or null for none.
        string? Those(Func<WrappedKey, bool> which)
        {
            var (request, signIn) = (requestKeys.Count(which), signInKeys.Count(which));
            return (request, signIn) switch
            {
                (0, 0) => null,
                (_, 0) => $"{Keys(request, "request")} {Are(request)}",
                (0, _) => $"{Keys(signIn, "sign-in")} {Are(signIn)}",
                _ => $"{Keys(request, "request")} and {Keys(signIn, "sign-in")} are",
            };
        }
    }

    /// <summary>Which key how many requests need: the keys of the ring, then those that are missing from it.</summary>
    private List<(string Line, bool Well)> LinesByKey(Dictionary<Guid, int> counts)
    {
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

    private static string Keys(int count, string ring = "") => $"{count}{(ring.Length == 0 ? "" : $" {ring}")} {(count == 1 ? "key" : "keys")}";

    private static string Are(int count) => count == 1 ? "is" : "are";

    private static string End(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>By what a person finds the file: its end and what openssl shows as fingerprint.</summary>
    private static string Mark(X509Certificate2 certificate) => $"that ends on {End(certificate)}, SHA-1 fingerprint {certificate.Thumbprint}";

    private static string Days(TimeSpan time) => (int)time.TotalDays == 1 ? "1 day" : $"{(int)time.TotalDays} days";
}
