namespace AmfmSite.Features.Intake;

/// <summary>One call of ours, on the caller's clock.</summary>
public sealed record FigureTry(DateOnly TheirDate, int TheirHour, bool Reached);
