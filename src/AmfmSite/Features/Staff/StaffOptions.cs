namespace AmfmSite.Features.Staff;

/// <summary>Settings under <c>Staff</c>.</summary>
public sealed class StaffOptions
{
    public const string Section = "Staff";

    /// <summary>Refused sign-ins of one address range in ten minutes, from which on nothing more is tried; 0 is off. Successful ones do not count, since a whole desk may share an address.</summary>
    public int SignInsPer10Minutes { get; set; } = 30;
}
