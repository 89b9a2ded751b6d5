namespace AmfmSite.Features.MyRequest;

/// <summary>What somebody types to open their request.</summary>
/// <remarks>A class, never a record or a bare string: the framework writes those into its log at Trace.</remarks>
public sealed class MyRequestForm
{
    /// <summary>Lengths that the page lets through; longer texts fit no request anyway.</summary>
    public const int CodeLength = 20, ContactLength = 254;

    public string? Code { get; set; }

    /// <summary>The last four digits of the phone number, the whole number, or the e-mail address.</summary>
    public string? Contact { get; set; }
}
