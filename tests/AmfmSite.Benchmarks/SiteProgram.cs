using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AmfmSite.Benchmarks;

/// <summary>The site as a process of its own, as it is run: what was built here, or a published AmfmSite.dll that the variable SITE names.</summary>
internal static class SiteProgram
{
    private static readonly string? Published = Environment.GetEnvironmentVariable("SITE");

    public static ProcessStartInfo StartInfo(string data, string address, params string[] command)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "AmfmSite.sln"))) root = root.Parent;
        var info = new ProcessStartInfo("dotnet", [Published ?? typeof(SettingsException).Assembly.Location, .. command])
        {
            WorkingDirectory = Published is null ? Path.Combine(root.FullName, "src", "AmfmSite") : Path.GetDirectoryName(Published),
            RedirectStandardOutput = true,
        };
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

    public static async Task<HttpResponseMessage> WaitAsync(HttpClient client, string path)
    {
        for (var i = 0; i < 120; i++)
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

            await Task.Delay(250);
        }

        throw new TimeoutException("The site did not start within half a minute.");
    }
}
