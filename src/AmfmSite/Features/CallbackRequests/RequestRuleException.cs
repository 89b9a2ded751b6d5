namespace AmfmSite.Features.CallbackRequests;

/// <summary>A change that the rules of a request do not allow. The message is for the member of staff who tried.</summary>
public sealed class RequestRuleException(string message) : Exception(message);
