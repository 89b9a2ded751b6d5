namespace AmfmSite.Features.Staff;

/// <summary>How far a password leads.</summary>
public enum SignInStep { Refused, NeedsCode, Done }
