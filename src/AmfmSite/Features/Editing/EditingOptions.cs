namespace AmfmSite.Features.Editing;

/// <summary>Settings under <c>Editing</c>.</summary>
public sealed class EditingOptions
{
    public const string Section = "Editing";

    /// <summary>Days for which a link to a draft opens it.</summary>
    public int PreviewLinkDays { get; set; } = 7;

    /// <summary>Days after which a page whose review is overdue is no longer named under "Read on" elsewhere.</summary>
    public int OverdueGraceDays { get; set; } = 90;

    /// <summary>Who is told by mail which reviews are due, and of a scheduled change that could not be made. Empty: nobody.</summary>
    public string RemindersTo { get; set; } = "";
}
