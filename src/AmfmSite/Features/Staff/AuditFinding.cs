namespace AmfmSite.Features.Staff;

/// <summary>Something about the chain that is not as it was sealed.</summary>
/// <param name="Sequence">The number it stands at; 0 when it has none.</param>
/// <param name="Says">A plain sentence, without any value of the entry.</param>
public sealed record AuditFinding(long Sequence, string Says);
