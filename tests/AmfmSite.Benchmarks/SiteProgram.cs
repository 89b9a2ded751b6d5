using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AmfmSite.Benchmarks;

/// <summary>The site as a process of its own, as it is run: what was built here, or a published AmfmSite.dll that the variable SITE names.</summary>
internal static class SiteProgram
{
    /// <summary>A published AmfmSite.dll; null for the one that was built here.</summary>
    public static string? Published { get; set; } = Environment.GetEnvironmentVariable("SITE");

    /// <summary>With 5,000 pages to read, a first start takes its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static string Project
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root!.FullName, "AmfmSite.sln"))) root = root.Parent;
            return Path.Combine(root.FullName, "src", "AmfmSite");
        }
    }

    public static ProcessStartInfo StartInfo(string data, string address, params string[] command) =>
        Info(Published ?? typeof(SettingsException).Assembly.Location, Published is null ? Project : Path.GetDirectoryName(Published)!, data, address, command);

    /// <summary>This program as another process, beside the site's own settings.</summary>
    public static ProcessStartInfo OwnInfo(string data, string address, params string[] command) => Info(typeof(SiteProgram).Assembly.Location, Project, data, address, command);

    private static ProcessStartInfo Info(string program, string directory, string data, string address, string[] command)
    {
        var info = new ProcessStartInfo("dotnet", [program, .. command]) { WorkingDirectory = directory, RedirectStandardOutput = true };
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        info.Environment["ASPNETCORE_URLS"] = address;
        info.Environment["Site__BaseUrl"] = address;
        info.Environment["Data__Directory"] = data;
        return info;
    }

    /// <summary>Starts it with the limits off that one address would meet.</summary>
    public static Process Start(string data, int port, params (string Name, string Value)[] settings)
    {
        // Throws while another site answers there: what would be measured then, and where would it be stored?
        using (var probe = new TcpListener(IPAddress.Loopback, port)) probe.Start();

        var info = StartInfo(data, $"http://127.0.0.1:{port}");
        foreach (var limit in new[] { "Intake__SoftLimitPer10Minutes", "Intake__HardLimitPer10Minutes", "Intake__MinimumSeconds" }) info.Environment[limit] = "0";
        foreach (var (name, value) in settings) info.Environment[name] = value;
        var process = Process.Start(info)!;
        process.BeginOutputReadLine();
        return process;
    }

    public static HttpClient NewClient(int port) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(2) };

    public static async Task EndAsync(Process site, string data)
    {
        if (!site.HasExited) site.Kill(entireProcessTree: true);
        await site.WaitForExitAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Resident now.</summary>
    public static double Megabytes(Process site)
    {
        site.Refresh();
        return site.WorkingSet64 / 1024.0 / 1024.0;
    }

    /// <param name="step">Between one try and the next; a quarter of a second unless said.</param>
    public static async Task<HttpResponseMessage> WaitAsync(HttpClient client, string path, TimeSpan? step = null)
    {
        for (var begun = Stopwatch.StartNew(); begun.Elapsed < Patience;)
        {
            try
            {
                var answer = await client.GetAsync(path);
                if (answer.IsSuccessStatusCode) return answer;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(step ?? TimeSpan.FromMilliseconds(250));
        }

        throw new TimeoutException($"The site did not start within {Patience.TotalMinutes:N0} minutes.");
    }
}
