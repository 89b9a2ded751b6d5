using System.Net;
using System.Net.Sockets;
using System.Text;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>Visitors who send a byte now and then and never come to an end: the others are served meanwhile, and they are hung up on.</summary>
public sealed class SlowBodyTests(SiteHost site) : IClassFixture<SiteHost>
{
    private const int OfEach = 8;

    /// <summary>A body with its length, one in chunks, one in parts, headers, and not even a verb.</summary>
    private static readonly string[] Beginnings =
    [
        "POST /request-a-call HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nName=",
        "POST /my-request HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nCode=",
        "POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 60000\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"Words\"\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        "G",
    ];

    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Send_AByteNowAndThen_ByManyAtOnce_IsEndedAndOthersAreServed()
    {
        using var stop = new CancellationTokenSource(Patience);
        var slow = Beginnings.SelectMany(beginning => Enumerable.Range(0, OfEach).Select(_ => DripAsync(beginning, stop.Token))).ToList();
        using var client = site.NewClient();
        var served = 0;
        while (slow.Exists(one => !one.IsCompleted))
        {
            using (var page = await client.GetAsync("/")) Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            using var asked = await new CallbackPost().SendAsync(client);
            Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
            served++;
            await Task.Delay(Drip, stop.Token);
        }

        // None came to an end of its own: each was ended, before the patience of the test was.
        Assert.All(await Task.WhenAll(slow), answer => Assert.DoesNotContain(" 500 ", answer, StringComparison.Ordinal));
        Assert.True(served > 1, "The slow ones were gone at once: nothing is proved.");
    }

    /// <returns>What the site said before it hung up.</returns>
    private async Task<string> DripAsync(string beginning, CancellationToken stop)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, site.Address.Port, stop);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), stop);
        var (said, answer) = (new StringBuilder(), new byte[4096]);
        var hungUp = Task.Run(async () =>
        {
            try
            {
                int read;
                while ((read = await stream.ReadAsync(answer, stop)) > 0) said.Append(Encoding.ASCII.GetString(answer, 0, read));
            }
            catch (IOException)
            {
                // Reset instead of closed: ended all the same.
            }
        }, stop);
        while (!hungUp.IsCompleted)
        {
            try
            {
                await stream.WriteAsync("x"u8.ToArray(), stop);
            }
            catch (IOException)
            {
                break;
            }

            await Task.WhenAny(hungUp, Task.Delay(Drip, stop));
            stop.ThrowIfCancellationRequested();
        }

        await hungUp;
        return said.ToString();
    }
}
