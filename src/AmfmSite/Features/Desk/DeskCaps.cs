namespace AmfmSite.Features.Desk;

/// <summary>How often the desk tries to reach somebody who does not answer.</summary>
/// <param name="PerDay">Tries on one date of the caller's calendar, 1 to <see cref="MostPerDay"/>.</param>
/// <param name="InAll">Tries since the request came or was reopened, at least <paramref name="PerDay"/>.</param>
public sealed record DeskCaps(int PerDay, int InAll)
{
    public const int MostPerDay = 9, MostInAll = 99;
}
