using System.Diagnostics;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AmfmSite.Web;

/// <summary>
/// Sends measurements and spans to a collector by OTLP, where one is named; off by default. Spans are our own only: those
/// of the frameworks name paths, hosts and statements.
/// </summary>
internal sealed class Telemetry(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    /// <summary>The source of all spans: a request, a mail. Tags are chosen where they are set, from fixed lists.</summary>
    public static readonly ActivitySource Source = new("AmfmSite");

    /// <summary>Their tags are routes, methods, states and numbers.</summary>
    private static readonly string[] Meters = [SiteMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private MeterProvider? _meters;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.OtlpEndpoint.Length == 0) return Task.CompletedTask;
        var endpoint = options.Value.OtlpEndpoint.TrimEnd('/');

        // Nothing of the machine: its name and user are nobody's business.
        var site = ResourceBuilder.CreateEmpty().AddService("AmfmSite", autoGenerateServiceInstanceId: true);
        _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(site).AddMeter(Meters).AddOtlpExporter(to => Send(to, endpoint + "/v1/metrics")).Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(site).AddSource(Source.Name).SetSampler(new AlwaysOnSampler()).AddOtlpExporter(to => Send(to, endpoint + "/v1/traces")).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _meters?.Dispose();
        _traces?.Dispose();
    }

    private static void Send(OtlpExporterOptions to, string address) => (to.Endpoint, to.Protocol) = (new Uri(address), OtlpExportProtocol.HttpProtobuf);
}
