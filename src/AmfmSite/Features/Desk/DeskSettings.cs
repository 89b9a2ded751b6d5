namespace AmfmSite.Features.Desk;

/// <summary>What is known about the intake desk.</summary>
/// <param name="Confirmed">Somebody who runs the desk has said that this is so. Until then no clock time is named in public.</param>
public sealed record DeskSettings(bool Confirmed, DeskHours Hours, DeskChannels Channels);
