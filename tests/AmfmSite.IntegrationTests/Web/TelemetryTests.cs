using System.Collections.Concurrent;
using System.Text;
using AmfmSite.IntegrationTests.Faults;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AmfmSite.IntegrationTests.Web;

/// <summary>What a collector is sent, byte by byte.</summary>
public sealed class TelemetryTests
{
    private static readonly string[] Canaries = ["qzvname", "qzvnote", "qzvwords", "qzvquery", "qzvpath", "qzvagent", "qzvstate", "4155550178", "415-555-0178", "agoraphobia"];

    [Fact]
    public async Task Collector_IsSentRoutesAndNumbers_AndNoWordOfAVisitor()
    {
        var received = new ConcurrentQueue<(string Path, byte[] Body)>();
        await using var collector = await CollectAsync(received);
        await using var site = new FaultSite();
        site.Settings["Telemetry__OtlpEndpoint"] = collector.Urls.Single();
        site.Settings["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        await site.StartAsync();
        using (var client = site.NewClient())
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "qzvagent");
            client.DefaultRequestHeaders.TryAddWithoutValidation("traceparent", "00-11112222333344445555666677778888-1111222233334444-01");
            client.DefaultRequestHeaders.TryAddWithoutValidation("tracestate", "qzvstate=1");
            for (var i = 0; i < 2; i++)
                using (await client.GetAsync("/conditions/agoraphobia?from=qzvquery")) { }
            using (await client.GetAsync("/qzvpath")) { }
            using (await client.PostAsync("/search", new FormUrlEncodedContent([new("Words", "qzvwords")]))) { }
            using (await new CallbackPost().With("Name", "Robin qzvname").With("Phone", "415-555-0178").With("Note", "qzvnote").SendAsync(client)) { }
        }

        await Until.HoldsAsync(() => received.Any(sent => sent.Path == "/v1/metrics" && Text(sent.Body).Contains("amfmsite.requests.stored", StringComparison.Ordinal)), "measurements come");
        await site.TerminateAsync();
        var spans = Text([.. received.Where(sent => sent.Path == "/v1/traces").SelectMany(sent => sent.Body)]);
        foreach (var name in new[] { "POST request-a-call", "GET kept page", "POST search" }) Assert.Contains(name, spans, StringComparison.Ordinal);
        var all = Text([.. received.SelectMany(sent => sent.Body)]);
        Assert.Contains("http.server.request.duration", all, StringComparison.Ordinal);
        foreach (var canary in Canaries) Assert.DoesNotContain(canary, all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Environment.MachineName, all, StringComparison.Ordinal);

        // A visitor's own trace id is not carried on.
        Assert.Equal(-1, received.SelectMany(sent => sent.Body).ToArray().AsSpan().IndexOf(Convert.FromHexString("11112222333344445555666677778888")));
    }

    private static string Text(byte[] body) => Encoding.Latin1.GetString(body);

    private static async Task<WebApplication> CollectAsync(ConcurrentQueue<(string Path, byte[] Body)> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue((context.Request.Path, body.ToArray()));
        });
        await collector.StartAsync();
        return collector;
    }
}
