using System.Diagnostics;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>The shipped content pack in a directory of its own, to change and to load into a running site.</summary>
public sealed class PackCopy : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-pack-").FullName;

    public PackCopy()
    {
        var shipped = Path.Combine(SiteProcess.RepositoryDirectory(), "src", "AmfmSite", "Content");
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = FileOf(Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    public string FileOf(string relative) => Path.Combine(_directory, relative);

    /// <summary>Replaces the first place where this is written.</summary>
    public void Change(string file, string written, string instead)
    {
        var text = File.ReadAllText(FileOf(file));
        var at = text.IndexOf(written, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} does not hold {written}");
        File.WriteAllText(FileOf(file), text.Remove(at, written.Length).Insert(at, instead));
    }

    public async Task<ContentImportReport> ImportAsync(SiteHost site)
    {
        _ = site.Address;
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(_directory, CancellationToken.None);
    }

    /// <summary>Loads it, and waits until the site serves it.</summary>
    public async Task ServeAsync(SiteHost site)
    {
        _ = site.Address;
        var published = site.Services.GetRequiredService<PublishedContent>();
        var (before, waited) = (published.Current.Version, Stopwatch.StartNew());
        await ImportAsync(site);
        while (published.Current.Version == before)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "The new content is not served after half a minute.");
            await Task.Delay(50);
        }
    }
}
