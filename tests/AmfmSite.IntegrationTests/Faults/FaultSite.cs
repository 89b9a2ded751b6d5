using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;
using Microsoft.Data.Sqlite;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>
/// The real site as a process of its own, started by AmfmSite.FaultHost, with faults at named points. It keeps its address
/// and its data over restarts. Its clock can be moved, so that nobody waits for a lease or a pause.
/// </summary>
public sealed class FaultSite : IAsyncDisposable
{
    private const int SigCont = 18, SigStop = 19, SigTerm = 15;

    private static readonly string Host = Path.Combine(AppContext.BaseDirectory, "AmfmSite.FaultHost.dll");

    /// <summary>A database with schema and pages, made once: migrating and importing is not what is tested here.</summary>
    private static readonly Lazy<Task<string>> Prepared = new(PrepareAsync);

    private readonly int _port = SiteProcess.FreePort();
    private readonly bool _ownsDirectory;
    private Process? _process;
    private Task? _supervision;
    private volatile bool _ending;

    public FaultSite()
    {
        _ownsDirectory = true;
        Root = Directory.CreateTempSubdirectory("amfmsite-fault-").FullName;
        Directory.CreateDirectory(Faults);
        Settings = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Data__Directory"] = Path.Combine(Root, "data"),

            // The prepared database is a file that is copied, and the faults are those of a file.
            ["Database__Provider"] = "Sqlite",
            ["Intake__SoftLimitPer10Minutes"] = "0",
            ["Intake__HardLimitPer10Minutes"] = "0",
            ["Intake__MinimumSeconds"] = "0",
            ["DOTNET_TieredPGO"] = "0",
        };
    }

    /// <summary>Another process on the same data, the same faults and the same settings.</summary>
    public FaultSite(FaultSite other)
    {
        Root = other.Root;
        Settings = new(other.Settings);
    }

    /// <summary>Another machine on the same database: its directories are its own, and so it has none of the first one's files.</summary>
    public FaultSite(FaultSite other, string machine) : this(other)
    {
        Settings["Data__Directory"] = Path.Combine(Root, machine, "data");
        Settings["Keys__Directory"] = Path.Combine(Root, machine, "keys");
        Settings["ConnectionStrings__Site"] = $"Data Source={DatabaseFile}";
    }

    public string Root { get; }
    public string Data => Settings["Data__Directory"];
    public string Faults => Path.Combine(Root, "faults");
    public string DatabaseFile => Path.Combine(Root, "data", "amfmsite.db");
    public Dictionary<string, string> Settings { get; }
    public Uri Address => new($"http://127.0.0.1:{_port}");
    public int ProcessId => _process!.Id;

    /// <summary>Whether somebody reads what the process prints.</summary>
    public bool IsHeard { get; init; } = true;

    /// <summary>How often it ended without being asked to.</summary>
    public int Deaths { get; private set; }

    public ConcurrentQueue<string> Output { get; } = new();

    internal FaultSite MailsTo(FaultyMailServer server, int timeoutSeconds = 5)
    {
        Settings["Mail__Transport"] = "Smtp";
        Settings["Mail__Host"] = "127.0.0.1";
        Settings["Mail__Port"] = server.Port.ToString(CultureInfo.InvariantCulture);
        Settings["Mail__Security"] = "None";
        Settings["Mail__From"] = "site@example.org";
        Settings["Mail__AdmissionsTo"] = "admissions@example.org";
        Settings["Mail__TimeoutSeconds"] = timeoutSeconds.ToString(CultureInfo.InvariantCulture);
        return this;
    }

    /// <summary>A client like a browser without cookies that shows redirects. Each post has a connection of its own, so that a lost one is a lost one.</summary>
    public HttpClient NewClient(int patienceSeconds = 60) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromSeconds(1) })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(patienceSeconds),
        };

    public async Task<FaultSite> StartAsync()
    {
        if (!File.Exists(DatabaseFile)) Copy(await Prepared.Value, Data);
        await LaunchAsync();
        return this;
    }

    /// <summary>Starts it again whenever it has died, as a service manager does.</summary>
    public FaultSite Supervise()
    {
        _supervision = Task.Run(async () =>
        {
            while (!_ending)
            {
                await _process!.WaitForExitAsync();
                if (_ending) return;
                Deaths++;
                Launch();
            }
        });
        return this;
    }

    /// <summary>Waits until it answers, and means that it has read its pages and its database.</summary>
    public async Task ListensAsync()
    {
        using var client = NewClient(5);
        for (var i = 0; i < 600; i++)
        {
            if (_supervision is null && _process!.HasExited) Assert.Fail($"The site ended with {_process.ExitCode}: {Said()}");
            try
            {
                using var answer = await client.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
            {
                // Not yet.
            }

            await Task.Delay(100);
        }

        Assert.Fail($"The site does not listen: {Said()}");
    }

    public string Said() => string.Join('\n', Output.TakeLast(30));

    public void Kill() => _process!.Kill();

    public async Task KillAsync()
    {
        Kill();
        await _process!.WaitForExitAsync();
    }

    /// <summary>
    /// Stops the process, though never while it writes: SQLite's lock is held by the process, and one that was stopped with it
    /// would hold up everybody else on that file, which is another fault than the one asked for.
    /// </summary>
    public async Task FreezeAsync()
    {
        Signal(SigStop);
        for (var i = 0; IsWriting(); i++)
        {
            if (i == 100) throw new TimeoutException("The process was never stopped between two writes.");
            Thaw();
            await Task.Delay(50);
            Signal(SigStop);
        }
    }

    public void Thaw() => Signal(SigCont);

    /// <returns>The exit code, and how long it took.</returns>
    public async Task<(int Exit, TimeSpan Took)> TerminateAsync()
    {
        _ending = true;
        var begun = Stopwatch.StartNew();
        Signal(SigTerm);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process!.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, begun.Elapsed);
    }

    public void Arm(string point, string fault)
    {
        var draft = Path.Combine(Faults, $".{Guid.NewGuid():N}");
        File.WriteAllText(draft, fault);
        File.Move(draft, Path.Combine(Faults, point), overwrite: true);
    }

    public void Disarm(string point) => File.Delete(Path.Combine(Faults, point));

    public bool IsArmed(string point) => File.Exists(Path.Combine(Faults, point));

    /// <summary>Time passes, on every clock of every process on these data.</summary>
    public void Pass(int seconds)
    {
        var file = Path.Combine(Faults, "passed");
        var sofar = File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : 0;
        Arm("passed", (sofar + seconds).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The time of day is wrong by so many seconds, for this process or for all.</summary>
    public void SetClock(int seconds, bool hereOnly = false) =>
        Arm(hereOnly ? $"clock-{ProcessId}" : "clock", seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>The first column of each row.</summary>
    public List<string> Read(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.IsDBNull(0) ? "" : reader.GetValue(0).ToString()!);
        return rows;
    }

    public int Count(string sql) => int.Parse(Read(sql).Single(), CultureInfo.InvariantCulture);

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A connection of the test's own, past the site.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        _ending = true;
        End();
        if (_supervision is not null) await _supervision;
        _process?.Dispose();
        if (!_ownsDirectory) return;
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // A late write; the system empties its temporary directory.
        }
    }

    private void End()
    {
        try
        {
            if (_process is { HasExited: false }) _process.Kill();
            _process?.WaitForExit(10_000);
        }
        catch (InvalidOperationException)
        {
            // It never began.
        }
    }

    private Task LaunchAsync()
    {
        _ending = false;
        Launch();
        return ListensAsync();
    }

    private void Launch()
    {
        var info = SiteProcess.StartInfo(Settings);
        info.ArgumentList.Clear();
        foreach (var argument in new[] { Host, "--faults", Faults, "--urls", Address.ToString() }) info.ArgumentList.Add(argument);
        var process = Process.Start(info)!;
        if (IsHeard)
        {
            process.OutputDataReceived += (_, line) => Hear(line.Data);
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        _process = process;
    }

    private void Hear(string? line)
    {
        if (line is not null) Output.Enqueue(line);
    }

    private bool IsWriting()
    {
        using var connection = Open();
        connection.DefaultTimeout = 1;
        try
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            return false;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return true;
        }
    }

    private void Signal(int signal)
    {
        if (SendSignal(_process!.Id, signal) != 0) throw new InvalidOperationException($"The process could not be sent signal {signal}.");
    }

    private static async Task<string> PrepareAsync()
    {
        var site = new FaultSite();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(site.Root, recursive: true);
        Directory.CreateDirectory(site.Data);
        await site.LaunchAsync();
        await site.TerminateAsync();
        return site.Data;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

#pragma warning disable SYSLIB1054 // A generated import would need unsafe code for one call.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SendSignal(int process, int signal);
#pragma warning restore SYSLIB1054
}
