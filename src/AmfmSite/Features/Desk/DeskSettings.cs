using NodaTime;

namespace AmfmSite.Features.Desk;

/// <summary>What is known about the intake desk.</summary>
/// <param name="Confirmed">Somebody who runs the desk has said that this is so. Until then no clock time is named in public.</param>
/// <param name="Staffing">How many people make calls on a weekday; a day that is missing is not known.</param>
public sealed record DeskSettings(bool Confirmed, DeskHours Hours, DeskChannels Channels, DeskCaps Caps, IReadOnlyDictionary<IsoDayOfWeek, int> Staffing)
{
    public const int MostPeople = 99;
}
