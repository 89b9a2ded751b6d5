namespace AmfmSite.Features.CallbackRequests;

/// <summary>Settings under <c>Retention</c>. The public texts quote them.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Days after which a closed request is deleted.</summary>
    public int ClosedDays { get; set; } = 90;
}
