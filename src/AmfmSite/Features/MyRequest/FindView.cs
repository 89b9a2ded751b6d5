using AmfmSite.Features.Content;

namespace AmfmSite.Features.MyRequest;

/// <summary>What the page that asks for a code draws. Errors of single fields come from the model state.</summary>
public sealed record FindView(ContentSnapshot Content, MyRequestForm Form, MyRequestNotice Notice);

/// <summary>Why the page is shown again, apart from fields that are empty.</summary>
public enum MyRequestNotice
{
    None,

    /// <summary>422, and the same for every reason: code, digits, address, withdrawn, never there.</summary>
    DoesNotFit,

    /// <summary>429: too many tries from one place or for one code.</summary>
    Limit,

    /// <summary>422: it was posted from another site.</summary>
    Elsewhere,

    /// <summary>503: the database is away.</summary>
    Unavailable,
}
