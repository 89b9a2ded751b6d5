namespace AmfmSite.Storage.Sealing;

/// <summary>What a sealed value is. Part of the encryption purpose, so a value moved to another field cannot be read.</summary>
public enum SealedField { Name, Phone, Email, SafeContact, Details, Note, StaffNote, Insurer, BenefitAnswer }
