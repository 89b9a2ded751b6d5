namespace AmfmSite.Features.Staff;

/// <summary>What somebody signed in with.</summary>
public enum SignInWay { Password, Authenticator, RecoveryCode, Passkey }
