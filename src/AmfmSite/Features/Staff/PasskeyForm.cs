namespace AmfmSite.Features.Staff;

/// <summary>A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class PasskeyForm
{
    /// <summary>What the browser gave, as JSON.</summary>
    public string? Credential { get; set; }

    /// <summary>What its owner calls it.</summary>
    public string? Name { get; set; }

    /// <summary>Where to go afterwards; only a path of this site is followed.</summary>
    public string? ReturnUrl { get; set; }
}
