using System.Diagnostics;
using System.Runtime.CompilerServices;
using AmfmSite.Features.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AmfmSite.Benchmarks;

/// <summary>
/// The real site, by its own entry, except that its kept pages are passed by: every visitor's page is drawn. A process of
/// its own. The site is not built for this: .NET announces each host before it is built.
/// </summary>
internal sealed class DrawnSite : IStartupFilter, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public static int Run(string[] args)
    {
        using var _ = DiagnosticListener.AllListeners.Subscribe(new DrawnSite());
        return (int)typeof(SettingsException).Assembly.EntryPoint!.Invoke(null, [args.Append("--applicationName=AmfmSite").ToArray()])!;
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var pages = app.ApplicationServices.GetRequiredService<RenderedPages>();
        app.Use((RequestDelegate rest) => context => AfterThem(pages) is { } draw ? draw(context) : rest(context));
        next(app);
    };

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting") value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder host }) host.ConfigureServices((_, services) => services.AddSingleton<IStartupFilter>(this));
    }

    public void OnCompleted()
    {
        // Nothing is held.
    }

    public void OnError(Exception error)
    {
        // Nobody reports one here.
    }

    /// <summary>What follows the kept pages in the pipeline.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_next")]
    private static extern ref RequestDelegate? AfterThem(RenderedPages pages);
}
