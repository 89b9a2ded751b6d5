using System.Security.Cryptography.X509Certificates;

namespace AmfmSite.Storage.Sealing;

/// <summary>A key of a ring as it is kept.</summary>
/// <param name="IsInClear">No certificate wraps it.</param>
/// <param name="WrappedBy">The certificate that wraps it, without its private key; null when none does, or a thing that is no certificate.</param>
internal sealed record WrappedKey(string Name, Guid Id, bool IsInClear, X509Certificate2? WrappedBy)
{
    public bool IsWrappedBy(X509Certificate2? certificate) => certificate is not null && WrappedBy?.Thumbprint == certificate.Thumbprint;
}
