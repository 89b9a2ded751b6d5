using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>The built program as a process of its own, as an operator starts it.</summary>
public static class SiteProcess
{
    private const int FirstPort = 10_000, Ports = 20_000;

    private static int _ports = Random.Shared.Next(Ports);

    private static readonly string Program = typeof(global::Program).Assembly.Location;

    /// <summary>Runs a command, or a start that should stop by itself, and gives exit code, standard output and standard error.</summary>
    public static async Task<(int Exit, string Output, string Talk)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(environment, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var talk = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program did not end within a minute. It said: {await output} {await talk}");
        }

        return (process.ExitCode, await output, await talk);
    }

    public static ProcessStartInfo StartInfo(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,

            // The program's own project, where its views and pages are; a published one finds them beside itself.
            WorkingDirectory = ProjectDirectory(),
        };
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name.StartsWith("DOTNET_ENVIRONMENT", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        if (environment.TryGetValue("Data__Directory", out var data) && data.Length > 0 && !environment.ContainsKey("Database__Provider") && !environment.ContainsKey("ConnectionStrings__Site"))
        {
            TestDatabase.Create(data);
            foreach (var (name, value) in TestDatabase.Settings(SqlServerFact.ConnectionString, data)) info.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        foreach (var (name, value) in environment) info.Environment[name] = value;
        return info;
    }

    /// <summary>
    /// A port that nobody else is given, each once: below those that the system hands out by itself. A site that is killed and
    /// started again needs its own once more, and in between another one must not answer in its place.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (Interlocked.Increment(ref _ports) % Ports);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there; the next one, then.
            }
        }
    }

    public static string RepositoryDirectory()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "AmfmSite.sln"))) directory = directory.Parent;
        return directory.FullName;
    }

    private static string ProjectDirectory() => Path.Combine(RepositoryDirectory(), "src", "AmfmSite");
}
