namespace AmfmSite.Features.Staff;

/// <summary>A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class InviteForm
{
    public string? Email { get; set; }
    public List<string> Roles { get; set; } = [];
}
