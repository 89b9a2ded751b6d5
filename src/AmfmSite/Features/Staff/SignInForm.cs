namespace AmfmSite.Features.Staff;

/// <summary>A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class SignInForm
{
    public string? Email { get; set; }
    public string? Password { get; set; }

    /// <summary>Where to go afterwards; only a path of this site is followed.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>Somebody is signed in and asked once more.</summary>
    public bool Again { get; set; }

    /// <summary>"passkey" when an invitation has just made one.</summary>
    public string? Set { get; set; }
}
