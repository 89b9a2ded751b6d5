namespace AmfmSite.Features.CallbackRequests;

/// <summary>Settings under <c>Intake</c>. Each limit is off at 0.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Seconds below which a filled form is put into quarantine.</summary>
    public int MinimumSeconds { get; set; } = 2;

    /// <summary>Requests from one address range in ten minutes, from which on they go into quarantine.</summary>
    public int SoftLimitPer10Minutes { get; set; } = 5;

    /// <summary>Requests from one address range in ten minutes, from which on nothing is stored.</summary>
    public int HardLimitPer10Minutes { get; set; } = 30;
}
