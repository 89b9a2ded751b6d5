namespace AmfmSite.Features.Staff;

/// <summary>A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class PasswordForm
{
    public string? Current { get; set; }
    public string? Password { get; set; }
    public string? PasswordAgain { get; set; }
}
