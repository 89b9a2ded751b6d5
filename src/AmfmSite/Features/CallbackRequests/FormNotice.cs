namespace AmfmSite.Features.CallbackRequests;

/// <summary>Why a form is shown again, apart from errors in its fields.</summary>
public enum FormNotice
{
    None,

    /// <summary>503: it cannot be stored now.</summary>
    Unavailable,

    /// <summary>429: too many from one place.</summary>
    Limit,

    /// <summary>422: it was posted from another site.</summary>
    Elsewhere,
}
