namespace AmfmSite.Features.Desk;

/// <summary>Ways beside a plain call that the desk has switched on; the form offers no other.</summary>
/// <param name="Voicemail">Staff leave voicemails where the caller allows it.</param>
/// <param name="Text">Staff send text messages where the caller allows it.</param>
public sealed record DeskChannels(bool Voicemail, bool Text);
