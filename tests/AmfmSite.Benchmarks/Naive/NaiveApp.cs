using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AmfmSite.Benchmarks.Naive;

/// <summary>What most sites are: a controller asks the database for the page and a Razor view writes it, for each visitor anew. A process of its own.</summary>
internal static class NaiveApp
{
    public static async Task<int> RunAsync(string file, int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        builder.Services.AddDbContextPool<NaiveContext>(options => options.UseSqlite($"Data Source={file}"));
        builder.Services.AddControllersWithViews().ConfigureApplicationPartManager(parts =>
        {
            // Not the controllers and views of the site, which this program refers to.
            parts.ApplicationParts.Clear();
            parts.ApplicationParts.Add(new AssemblyPart(typeof(NaiveController).Assembly));
            parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(NaiveController).Assembly));
        });
        var app = builder.Build();
        app.MapControllers();
        await app.RunAsync();
        return 0;
    }

    public static async Task FillAsync(string file, NaivePage page)
    {
        await using var db = new NaiveContext(new DbContextOptionsBuilder<NaiveContext>().UseSqlite($"Data Source={file}").Options);
        await db.Database.EnsureCreatedAsync();
        db.Add(page);
        await db.SaveChangesAsync();
    }
}
