using AmfmSite.Storage.Sealing;

namespace AmfmSite.Features.MyRequest;

/// <summary>Something to open where there is no request, so that a wrong code costs as much work as wrong digits.</summary>
public sealed class Decoy(Vault vault)
{
    public Sealed Value { get; } = vault.Seal(SealedField.Phone, Guid.Empty, "+15555550100");
}
