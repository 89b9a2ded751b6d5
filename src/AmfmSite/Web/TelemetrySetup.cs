namespace AmfmSite.Web;

/// <summary>Puts telemetry into the services.</summary>
internal static class TelemetrySetup
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetryOptions>().Bind(configuration.GetSection(TelemetryOptions.Section))
            .Validate(telemetry => telemetry.OtlpEndpoint.Length == 0 || (Uri.TryCreate(telemetry.OtlpEndpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"), "Telemetry:OtlpEndpoint is no web address. Name a collector that speaks OTLP over HTTP, for example Telemetry__OtlpEndpoint=http://127.0.0.1:4318.")
            .ValidateOnStart();
        services.AddHostedService<Telemetry>();
    }
}
