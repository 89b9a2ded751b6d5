using System.Text.Json;
using AmfmSite.IntegrationTests.Faults;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Web;

namespace AmfmSite.IntegrationTests.Web;

/// <summary>The log outside Development, as the process writes it.</summary>
public sealed class RequestLogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-log-").FullName;

    [Fact]
    public async Task Log_OfAVisit_IsJsonWithRoutesAndNothingElseOfWhatWasAsked()
    {
        await using var site = new FaultSite();
        foreach (var (name, value) in ProductionSettings.In(_directory)) site.Settings.TryAdd(name, value);
        site.Settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        site.Settings["Keys__Directory"] = Path.Combine(_directory, "keys");
        site.Settings["Logging__LogLevel__Default"] = "Debug";
        site.Settings["Logging__LogLevel__Microsoft.AspNetCore"] = "Debug";
        await site.StartAsync();
        using (var client = site.NewClient())
        {
            for (var i = 0; i < 2; i++)
                using (await client.GetAsync("/conditions/agoraphobia?from=qzvquery")) { }
            using (await client.GetAsync("/qzvpath/somewhere")) { }
            using (await client.PostAsync("/search", new FormUrlEncodedContent([new("Words", "qzvwords")]))) { }
            using (await new CallbackPost().With("Name", "Robin qzvname").SendAsync(client)) { }
            using var odd = new HttpRequestMessage(new HttpMethod("QZVMETHOD"), "/");
            using (await client.SendAsync(odd)) { }
        }

        await site.TerminateAsync();
        var lines = site.Output.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var properties = lines.Select(line => line.GetProperty("Properties")).ToList();
        Assert.Empty(properties.SelectMany(held => held.EnumerateObject()).Select(property => property.Name).Distinct().Except([.. LogProperties.OfAny, .. LogProperties.OfOurs]));
        Assert.Contains(properties, held => held.GetProperty("SourceContext").GetString()!.StartsWith("Microsoft.AspNetCore.Routing", StringComparison.Ordinal));

        var requests = properties.Where(held => held.TryGetProperty("Route", out _)).Select(held => $"{held.GetProperty("Method")} {held.GetProperty("Route")} {held.GetProperty("Status")}").ToList();
        Assert.Contains("POST request-a-call 303", requests);
        Assert.Contains("POST search 303", requests);
        Assert.Contains("GET kept page 200", requests);
        Assert.Contains(requests, line => line.StartsWith("GET ", StringComparison.Ordinal) && line.EndsWith(" 404", StringComparison.Ordinal));
        Assert.Contains(requests, line => line.StartsWith("other ", StringComparison.Ordinal));
        foreach (var said in site.Output)
        {
            Assert.DoesNotContain("qzv", said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("agoraphobia", said, StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
