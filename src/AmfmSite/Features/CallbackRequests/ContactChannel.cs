namespace AmfmSite.Features.CallbackRequests;

/// <summary>How somebody was tried. <see cref="TheyCalled"/> is their own call to us, which no cap counts.</summary>
public enum ContactChannel { Phone, Text, Email, TheyCalled }
