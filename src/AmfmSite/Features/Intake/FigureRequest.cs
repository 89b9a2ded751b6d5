using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.Features.Intake;

/// <summary>What the figures need of one request; nothing of it says who it was. Times in UTC.</summary>
public sealed record FigureRequest(DateTime ReceivedAt, DateTime? FirstAttemptAt, DateTime? PromisedUntil, string SourcePath, string? Level, RequestOutcome? Outcome);
