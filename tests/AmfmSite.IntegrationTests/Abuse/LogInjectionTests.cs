using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AmfmSite.IntegrationTests.Canaries;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.Data.Sqlite;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>A line of the log is what the site wrote, and nothing that somebody sent makes another one.</summary>
public sealed class LogInjectionTests
{
    private const string Forged = "{\"Timestamp\":\"2026-01-01T00:00:00Z\",\"Level\":\"Error\",\"MessageTemplate\":\"zzforged\"}";

    [Fact]
    public async Task Send_LineEndsAndControlSignsAnywhere_EveryLineOfTheLogIsOneOfOurs()
    {
        var directory = Directory.CreateTempSubdirectory("amfmsite-log-").FullName;
        try
        {
            var address = new Uri($"http://127.0.0.1:{SiteProcess.FreePort()}");
            string written;
            await using (var site = await RunningSite.StartAsync(Settings(directory, address), address))
            {
                using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
                foreach (var end in new[] { "\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029", "\v", "\f", "\0", "\u001b[2J\u001b[31m", "\b\b\b", "\u202e", "\u009b1m", "%0d%0a", "\\n", "\"}\n" })
                {
                    var text = $"x{end}{Forged}{end}";
                    foreach (var path in new[] { "/{0}", "/search/{0}", "/my-request/{0}", "/request-a-call/received/{0}", "/?q={0}", "/staff/sign-in?returnUrl={0}", "/intake/requests/{0}", "/css/{0}.css" })
                    {
                        using var request = new HttpRequestMessage(HttpMethod.Get, string.Format(CultureInfo.InvariantCulture, path, Uri.EscapeDataString(text.Replace("\0", "", StringComparison.Ordinal))));
                        foreach (var header in new[] { "User-Agent", "Referer", "X-Forwarded-For", "X-Forwarded-Proto", "Host", "Origin", "traceparent", "tracestate", "X-Request-Id", "Accept-Language" })
                            request.Headers.TryAddWithoutValidation(header, new string([.. text.Where(sign => sign is >= ' ' and < (char)127)]));
                        using var answer = await client.SendAsync(request);
                    }

                    var post = new CallbackPost().With("For", "someone").With("Email", "robin@example.org");
                    foreach (var field in new[] { "Name", "OthersMayAnswer", "Relationship", "Insurer", "Language", "Access", "Note", "From", "Stamp", "Topic", "State", "Website", text }) post.With(field, text);
                    using (await post.SendAsync(client)) { }
                    using (await post.With("State", "CA").With("Topic", "").SendAsync(client)) { }
                    using (await client.PostAsync("/my-request", new FormUrlEncodedContent([new("Code", text), new("Contact", text)]))) { }
                    using (await client.PostAsync("/search", new FormUrlEncodedContent([new("Words", text)]))) { }
                }

                // Headers that no client library lets through, byte by byte.
                foreach (var raw in new[] { "User-Agent: x\u0085y", "User-Agent: a\rb", "Referer: \u2028" + Forged, "X-Forwarded-For: 1.2.3.4\u001b[2J", "Cookie: a=\u0000", "User-Agent: x\r\n " + Forged, "Host: a\tb", ": " + Forged, Forged })
                    await SendRawAsync(address, $"GET /{Uri.EscapeDataString("\u2028zz")} HTTP/1.1\r\nHost: localhost\r\n{raw}\r\nConnection: close\r\n\r\n");
                foreach (var raw in new[] { $"GET /\r\n{Forged}\r\n\r\n", $"{Forged} / HTTP/1.1\r\n\r\n", "GET /\u001b[2J HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u0016\u0003\u0001" }) await SendRawAsync(address, raw);
                using (await client.GetAsync("/health/ready")) { }
                await UntilAsync(() => site.Written.Contains("/health/ready", StringComparison.Ordinal));
                written = site.Written;
            }

            // Each line is whole and one of the site's, and none is what was sent.
            var lines = written.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (var line in lines)
            {
                using var json = JsonDocument.Parse(line);
                Assert.NotEqual("zzforged", json.RootElement.GetProperty("MessageTemplate").GetString());
            }

            Assert.True(lines.Length > 500, $"Only {lines.Length} lines: the log was not loud.");
            Assert.Contains("zzforged", written, StringComparison.Ordinal);
            var odd = written.Where(sign => sign != '\n' && (char.IsControl(sign) || sign is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e'))).Distinct().Select(sign => $"U+{(int)sign:X4}").ToList();
            Assert.True(odd.Count == 0, $"The log holds {string.Join(", ", odd)} as they are: a program or a terminal may take them for more than text.");
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task SendRawAsync(Uri address, string raw)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(raw), patience.Token);
            socket.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(new byte[4096], patience.Token) > 0) { }
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException)
        {
            // It hung up.
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 300 && !holds(); i++) await Task.Delay(100);
        Assert.True(holds(), "The log did not come within half a minute.");
    }

    /// <summary>As in production, with the lines that name addresses and headers.</summary>
    private static Dictionary<string, string> Settings(string directory, Uri address) => new(ProductionSettings.In(directory))
    {
        ["ASPNETCORE_URLS"] = address.ToString(),
        ["Intake__HardLimitPer10Minutes"] = "0",
        ["Intake__MyRequestTriesPer10Minutes"] = "0",
        ["Logging__LogLevel__Default"] = "Trace",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace",
    };
}
