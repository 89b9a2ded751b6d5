namespace AmfmSite.Features.CallbackRequests;

/// <summary>Settings under <c>Intake</c>. Each limit and each reminder is off at 0.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Seconds below which a filled form is put into quarantine.</summary>
    public int MinimumSeconds { get; set; } = 2;

    /// <summary>Requests from one address range in ten minutes, from which on they go into quarantine.</summary>
    public int SoftLimitPer10Minutes { get; set; } = 5;

    /// <summary>Requests from one address range in ten minutes, from which on nothing is stored.</summary>
    public int HardLimitPer10Minutes { get; set; } = 30;

    /// <summary>Tries in ten minutes from one address range to open a request with its code; beyond it the answer is 429.</summary>
    public int MyRequestTriesPer10Minutes { get; set; } = 10;

    /// <summary>The longest that may be set for the two below: a week of open time.</summary>
    public const int MostMinutes = 7 * 24 * 60;

    /// <summary>Minutes a request may wait unopened before admissions are reminded.</summary>
    public int ReminderMinutes { get; set; } = 15;

    /// <summary>Minutes a request may wait unopened before it is escalated, and again after each as many.</summary>
    public int EscalationMinutes { get; set; } = 60;
}
