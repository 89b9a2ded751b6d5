namespace AmfmSite.Features.CallbackRequests;

/// <summary>A change that the rules of a request do not allow. The message is for whoever tried: staff, or the caller with their code.</summary>
public sealed class RequestRuleException(string message) : Exception(message);
