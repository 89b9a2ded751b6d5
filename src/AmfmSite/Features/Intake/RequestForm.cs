namespace AmfmSite.Features.Intake;

/// <summary>
/// The fields of every form on the page of a request, so that whatever was typed is shown again when it cannot be done.
/// A class, not a record: MVC logs action arguments through ToString.
/// </summary>
public sealed class RequestForm
{
    /// <summary>What happened: channel and result, "Phone.Busy".</summary>
    public string? What { get; set; }

    /// <summary>Start of the window of the next try, as offered; empty for none.</summary>
    public string? Next { get; set; }

    public string? Note { get; set; }

    /// <summary>"yes" to give the request back after saving.</summary>
    public string? GiveBack { get; set; }

    /// <summary>Date and time of a screening on the desk's clock, as a browser writes it: 2026-11-23T14:30.</summary>
    public string? ScreeningAt { get; set; }

    public string? BenefitStatus { get; set; }
    public string? Insurer { get; set; }
    public string? Answer { get; set; }

    /// <summary>Id of the other request, and whether it is the same person: "same" or "other".</summary>
    public Guid? OtherId { get; set; }

    public string? Verdict { get; set; }
    public string? Outcome { get; set; }

    /// <summary>Why a closed request is opened again.</summary>
    public string? Reason { get; set; }
}
