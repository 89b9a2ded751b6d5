namespace AmfmSite.Features.Staff;

/// <summary>A key for the authenticator app, shown once.</summary>
/// <param name="Offer">The key, wrapped, for the form.</param>
/// <param name="Key">As people type it into an app that cannot see the picture.</param>
/// <param name="Anew">There is one already; it goes.</param>
public sealed record AuthenticatorView(string Offer, string Key, QrCode Picture, bool Anew, bool HasPassword);
