using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>The figures of a range of days.</summary>
/// <param name="From">First day, on the desk's calendar.</param>
/// <param name="To">Last day.</param>
/// <param name="Count">How many requests came in these days, in words.</param>
public sealed record FiguresView(LocalDate From, LocalDate To, string Count, string Zone, string? Problem, IReadOnlyList<Figure> Figures);
