namespace AmfmSite.Features.Intake;

/// <summary>What was posted cannot be used as it is; the message says what to write.</summary>
public sealed class RequestFormException(string message) : Exception(message);
