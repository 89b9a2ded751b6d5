namespace AmfmSite.Features.Staff;

/// <summary>A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class AuthenticatorForm
{
    /// <summary>The key that was shown, wrapped.</summary>
    public string? Offer { get; set; }

    public string? Code { get; set; }
}
