namespace AmfmSite.Features.Staff;

/// <summary>A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class CodeForm
{
    public string? Code { get; set; }

    /// <summary>Where to go afterwards; only a path of this site is followed.</summary>
    public string? ReturnUrl { get; set; }
}
