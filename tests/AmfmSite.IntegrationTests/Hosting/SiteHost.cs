using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Storage;
using AmfmSite.Storage.Sqlite;
using AmfmSite.Storage.SqlServer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>
/// The real site on real Kestrel, with a database (<see cref="TestDatabase"/>), keys and mails of its own that are deleted afterwards.
/// Every query that a test makes it run is translated for SQL Server too, and fails the test when it cannot be.
/// Limits are off unless a test sets them, since every test comes from the same address.
/// </summary>
public class SiteHost : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string> _settings = new()
    {
        ["Intake:SoftLimitPer10Minutes"] = "0",
        ["Intake:HardLimitPer10Minutes"] = "0",
        ["Intake:MinimumSeconds"] = "0",
        ["Intake:MyRequestTriesPer10Minutes"] = "0",
        ["Staff:SignInsPer10Minutes"] = "0",
    };

    public SiteHost()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("amfmsite-test-").FullName;
        UseKestrel(0);
    }

    public string Directory { get; private set; }

    /// <summary>The clock this site goes by, instead of the system's.</summary>
    public SettableClock? Clock { get; init; }

    /// <summary>Another site whose database, keys, mails and clock this one uses, like a second process beside it.</summary>
    public SiteHost? Beside
    {
        get;
        init
        {
            field = value!;
            System.IO.Directory.Delete(Directory);
            (Directory, Clock) = (field.Directory, field.Clock);
        }
    }

    /// <summary>Put between the site and its database, to make it fail.</summary>
    public List<IInterceptor> Interceptors { get; } = [];

    /// <summary>SQLite's file; there is none where the tests run on a SQL Server.</summary>
    public string DatabaseFile => TestDatabase.IsSqlServer
        ? throw new InvalidOperationException("This test reads SQLite's file, and TEST_SQLSERVER is set.")
        : Path.Combine(Directory, "amfmsite.db");

    public string Mails => Path.Combine(Directory, "mails");

    /// <summary>What was written to <see cref="Mails"/>, the earliest first, with lines that end in one sign.</summary>
    public IReadOnlyList<string> SentMails() => System.IO.Directory.Exists(Mails)
        ? [.. System.IO.Directory.EnumerateFiles(Mails, "*.eml").Order(StringComparer.Ordinal).Select(file => File.ReadAllText(file).ReplaceLineEndings("\n"))]
        : [];

    public Uri Address
    {
        get
        {
            StartServer();
            return ClientOptions.BaseAddress;
        }
    }

    /// <summary>Sets a setting before the site starts.</summary>
    public SiteHost With(string setting, string value)
    {
        _settings[setting] = value;
        return this;
    }

    /// <summary>A client like a browser without cookies that shows redirects instead of following them.</summary>
    public HttpClient NewClient() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>A client that keeps cookies, as a member of staff has.</summary>
    public HttpClient NewStaffClient() =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    public async Task<T> InDatabaseAsync<T>(Func<AmfmDbContext, Task<T>> work)
    {
        _ = Address;
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<AmfmDbContext>());
    }

    /// <returns>How many requests it deleted.</returns>
    public async Task<int> RunRetentionAsync()
    {
        _ = Address;
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Retention>().RunAsync(CancellationToken.None);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        var directory = _settings.GetValueOrDefault("Data:Directory", Directory);
        TestDatabase.Create(directory);
        builder.UseSetting("Data:Directory", directory);
        foreach (var (setting, value) in TestDatabase.Settings(SqlServerFact.ConnectionString, directory)) builder.UseSetting(setting, value);
        foreach (var (setting, value) in _settings) builder.UseSetting(setting, value);
        builder.ConfigureTestServices(services => Interceptors.ForEach(interceptor => services.AddSingleton(interceptor)));
        if (Clock is not null) builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
        builder.ConfigureTestServices(services => services
            .AddSingleton<IInterceptor, SqlServerTranslation>()

            // EF thinks that more than twenty hosts in one process are a mistake; here they are tests.
            .ConfigureDbContext<SqliteAmfmDbContext>(ManyHosts).ConfigureDbContext<SqlServerAmfmDbContext>(ManyHosts).ConfigureDbContext<SqlServerAmfmDbContext>(TestDatabase.Adapt));
        static void ManyHosts(DbContextOptionsBuilder options) => options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || Beside is not null) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        TestDatabase.Drop(Directory);
        try
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
        catch (IOException)
        {
            // A late write of a key or log; the system empties its temporary directory.
        }
    }
}
