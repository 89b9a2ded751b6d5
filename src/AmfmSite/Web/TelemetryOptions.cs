namespace AmfmSite.Web;

/// <summary>Settings under <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Where a collector takes OTLP over HTTP, without <c>/v1/…</c>; empty: nothing is sent.</summary>
    public string OtlpEndpoint { get; set; } = "";
}
