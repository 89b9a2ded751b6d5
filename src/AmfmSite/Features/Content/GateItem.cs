namespace AmfmSite.Features.Content;

/// <summary>One line of the checklist before something is published.</summary>
/// <param name="Id">Its name, which stays.</param>
/// <param name="Asks">What must hold, in one sentence.</param>
/// <param name="Rules">Of <see cref="ContentRules"/>: a fault of any of them leaves it open.</param>
public sealed record GateItem(string Id, string Asks, IReadOnlyList<string> Rules);
