using System.Diagnostics;
using AmfmSite.Mail;
using AmfmSite.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AmfmSite.FaultHost;

/// <summary>
/// Starts the real site, by the site's own entry, with faults at named points:
/// <c>dotnet AmfmSite.FaultHost.dll --faults DIR</c> and then whatever the site takes. A fault is a file in DIR, see
/// <see cref="FaultBoard"/>. The site is not built for this: .NET announces each host before it is built, as it does for
/// tests and for tools of EF, and here services are exchanged then.
/// </summary>
internal static class EntryPoint
{
    /// <summary>Set, the site is the next version of itself: it knows one migration more.</summary>
    private const string NextVersion = "FAULTHOST_NEXT_VERSION";

    private const string Option = "--faults";

    public static int Main(string[] args)
    {
        var at = Array.IndexOf(args, Option);
        if (at < 0 || at + 1 == args.Length)
        {
            Console.Error.WriteLine($"{Option} DIR names the directory in which faults are switched on.");
            return 2;
        }

        var board = new FaultBoard(args[at + 1]);
        using var _ = DiagnosticListener.AllListeners.Subscribe(new HostListener(services => AddFaults(services, board)));
        string[] rest = [.. args[..at], .. args[(at + 2)..], "--applicationName=AmfmSite"];
        return (int)typeof(Program).Assembly.EntryPoint!.Invoke(null, [rest])!;
    }

    private static void AddFaults(IServiceCollection services, FaultBoard board)
    {
        services.AddSingleton<IInterceptor>(new DatabaseFaults(board));
        services.AddSingleton<IInterceptor>(new TransactionFaults(board));
        services.AddSingleton<IInterceptor>(new ConnectionFaults(board));
        services.AddSingleton<IInterceptor>(new SaveFaults(board));
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new FaultyClock(board)));

        if (Environment.GetEnvironmentVariable(NextVersion) is not null) services.ConfigureDbContext<SqliteAmfmDbContext>(options => options.ReplaceService<IMigrationsAssembly, NextMigrations>());

        var real = services.Last(service => service.ServiceType == typeof(IMailTransport));
        services.Replace(ServiceDescriptor.Transient<IMailTransport>(provider => new MailFaults((IMailTransport)real.ImplementationFactory!(provider), board)));
    }

    private sealed class HostListener(Action<IServiceCollection> change) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting") value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder host }) host.ConfigureServices((_, services) => change(services));
        }

        public void OnCompleted()
        {
            // Nothing is held.
        }

        public void OnError(Exception error)
        {
            // Nobody reports one here.
        }
    }
}
