using System.Diagnostics;
using System.Text;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Canaries;

/// <summary>The site as a process of its own, with everything it writes to standard output and standard error.</summary>
internal sealed class RunningSite : IAsyncDisposable
{
    private readonly StringBuilder _written = new();
    private readonly Process _process;

    private RunningSite(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Written
    {
        get
        {
            lock (_written) return _written.ToString();
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<RunningSite> StartAsync(IReadOnlyDictionary<string, string> environment, Uri address)
    {
        var site = new RunningSite(Process.Start(SiteProcess.StartInfo(environment))!);
        using var client = new HttpClient { BaseAddress = address };
        for (var i = 0; i < 600 && !site._process.HasExited; i++)
        {
            try
            {
                using var ready = await client.GetAsync("/health/ready");
                if (ready.IsSuccessStatusCode) return site;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        await site.DisposeAsync();
        throw new TimeoutException($"The site did not become ready. It said: {site.Written}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Write(string? line)
    {
        if (line is null) return;
        lock (_written) _written.AppendLine(line);
    }
}
