namespace AmfmSite.Features.CallbackRequests;

/// <summary>What we say aloud under the contact rules of a request; the form, the received page and the desk quote the same words.</summary>
public static class ContactWording
{
    /// <summary>To somebody else who answers, when we may not say who is calling.</summary>
    public const string ToSomebodyElse = "I’ll try again another time.";
}
