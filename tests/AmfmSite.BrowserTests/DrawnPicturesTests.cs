using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.BrowserTests;

/// <summary>
/// Pictures for shared links are drawn from our landscapes: <c>DRAW=1 dotnet test tests/AmfmSite.BrowserTests --filter DrawnPicturesTests</c>.
/// Run it after a landscape or the day's colours have changed.
/// </summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed partial class DrawnPicturesTests(BrowserSite site)
{
    private const int Heaviest = 120 * 1024;

    private IWebHostEnvironment Environment => site.Host.Services.GetRequiredService<IWebHostEnvironment>();

    private string Folder => Path.Combine(Environment.WebRootPath, "pictures", "og");

    [DrawFact]
    public async Task Draw_EveryLandscape_WritesItsPicture()
    {
        Directory.CreateDirectory(Folder);
        await using var visit = await site.VisitAsync(SharePicture.Width);
        await visit.OpenAsync("about:blank");
        foreach (var name in Landscapes())
            await File.WriteAllBytesAsync(Path.Combine(Folder, name + ".png"), await SharePicture.DrawAsync(visit.Page, Environment.WebRootPath, name));
    }

    [Fact]
    public async Task Share_EveryLandscape_HasAPictureThatStillShowsIt()
    {
        await using var visit = await site.VisitAsync(SharePicture.Width);
        await visit.OpenAsync("about:blank");
        var found = new List<string>();
        var names = Landscapes();
        Assert.Superset(UsedByPages(), names);
        foreach (var name in names)
        {
            var file = Path.Combine(Folder, name + ".png");
            if (!File.Exists(file))
            {
                found.Add($"{name} has no picture.");
                continue;
            }

            var png = await File.ReadAllBytesAsync(file);
            if (SharePicture.Size(png) != (SharePicture.Width, SharePicture.Height)) found.Add($"{name} has the size {SharePicture.Size(png)}.");
            if (png.Length > Heaviest) found.Add($"{name} weighs {png.Length} bytes.");
            var drawn = await SharePicture.DrawAsync(visit.Page, Environment.WebRootPath, name);
            var (mean, points) = await SharePicture.CompareAsync(visit.Page, png, drawn);
            if (mean > 2 || points > 150) found.Add($"{name} no longer shows {name}.svg: {mean:0.00} apart, {points} points of another colour. Draw it anew with DRAW=1.");
        }

        Findings.None(found);
    }

    /// <summary>The wide drawings; the others are small parts of pages.</summary>
    private HashSet<string> Landscapes() =>
        [.. Directory.GetFiles(Path.Combine(Environment.WebRootPath, "pictures"), "*.svg")
            .Where(file => File.ReadAllText(file).Contains("viewBox=\"0 0 1440 400\"", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file))];

    private HashSet<string> UsedByPages()
    {
        var used = Directory.GetFiles(Path.Combine(Environment.ContentRootPath, "Content", "pages"), "*.md")
            .Select(file => PictureLine().Match(File.ReadAllText(file)).Groups["name"].Value).Where(name => name is not ("" or "none")).ToHashSet();
        Assert.True(used.Count > 3, $"Only {used.Count} pictures are used by pages.");
        return used;
    }

    [GeneratedRegex(@"^picture: *(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PictureLine();
}
