namespace AmfmSite.Features.Intake;

/// <summary>What a text that somebody looks for was taken for.</summary>
public enum SearchKind { Reference, Phone, Email }
