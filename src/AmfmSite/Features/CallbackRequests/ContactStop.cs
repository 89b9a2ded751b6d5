namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Somebody asked us at this number or address to stop. Outlives the request, as a keyed hash: a later request from
/// there is shown to a lead before anybody calls.
/// </summary>
/// <remarks>Source for keeping it: 47 CFR 64.1200(d)(6), which has a request not to be called honored for five years.</remarks>
public sealed class ContactStop
{
    private ContactStop() { }

    public ContactStop(string hash, DateTime now) => (Hash, At) = (hash, now);

    /// <summary>As <see cref="CallbackRequest.PhoneHash"/> or <see cref="CallbackRequest.EmailHash"/>; its key.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }
}
