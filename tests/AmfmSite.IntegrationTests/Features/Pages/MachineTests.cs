using System.Text.Json;
using System.Text.RegularExpressions;
using AmfmSite.Features.Content;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;

namespace AmfmSite.IntegrationTests.Features.Pages;

/// <summary>What pages tell search engines and messengers, measured against what they show to people.</summary>
public sealed partial class MachineTests(SiteHost site) : IClassFixture<SiteHost>
{
    /// <summary>Opinions, which nobody gave, and facts that no record holds.</summary>
    private static readonly string[] Never = ["Review", "AggregateRating", "Rating", "PostalAddress", "Physician", "MedicalClinic", "Offer"];

    [Fact]
    public async Task Get_EveryPage_TellsMachinesNothingThatAReaderCannotSee()
    {
        using var client = site.NewClient();
        foreach (var (path, page) in await PagesAsync(client))
        {
            using var data = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent);
            var seen = Plain(page.Body!.Clone(deep: true) is IElement body ? WithoutScripts(body).TextContent : "");
            foreach (var node in Nodes(data.RootElement).ToList())
            {
                Assert.DoesNotContain(TypeOf(node), Never);
                foreach (var property in node.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String))
                {
                    var value = property.Value.GetString()!;
                    var visible = property.Name switch
                    {
                        "name" or "description" or "text" or "alternateName" => seen.Contains(Plain(value), StringComparison.Ordinal),
                        "telephone" => page.QuerySelector($"a[href='tel:{value}']") is not null,
                        "url" or "item" or "@id" => value.StartsWith("http", StringComparison.Ordinal),
                        "@type" or "@context" or "inLanguage" => true,
                        _ => false,
                    };
                    Assert.True(visible, $"{path}: {property.Name} \"{value}\" is told to machines only");
                }

                if (node.TryGetProperty("citation", out var citations))
                    foreach (var citation in citations.EnumerateArray())
                        Assert.NotNull(page.QuerySelector($".refs a[href='{citation.GetString()}']"));
            }
        }
    }

    [Fact]
    public async Task Get_EveryQuestion_IsToldByExactlyOnePageThatShowsIt()
    {
        using var client = site.NewClient();
        var (told, shown) = (new List<string>(), new HashSet<string>());
        foreach (var (_, page) in await PagesAsync(client))
        {
            shown.UnionWith(page.QuerySelectorAll(".faq summary").Select(summary => Plain(summary.TextContent)));
            using var data = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent);
            told.AddRange(Nodes(data.RootElement).Where(node => TypeOf(node) == "Question").Select(node => Plain(node.GetProperty("name").GetString()!)));
        }

        Assert.True(told.Count > 20);
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.Subset(shown, told.ToHashSet());
    }

    [Theory]
    [InlineData("/conditions/social-isolation", "MedicalWebPage", "MedicalCondition", "FAQPage", "BreadcrumbList", "MedicalOrganization")]
    [InlineData("/levels-of-care/virtual-iop", "MedicalWebPage", "FAQPage", "BreadcrumbList", "MedicalOrganization")]
    [InlineData("/locations/california/orange-county", "WebPage", "BreadcrumbList", "MedicalOrganization")]
    [InlineData("/", "WebPage", "MedicalOrganization")]
    public async Task Get_Page_NamesWhatItIs(string path, params string[] types)
    {
        using var client = site.NewClient();
        using var data = JsonDocument.Parse((await client.GetPageAsync(path)).QuerySelector("script[type='application/ld+json']")!.TextContent);
        Assert.Superset(types.ToHashSet(), Nodes(data.RootElement).Select(TypeOf).ToHashSet());
    }

    [Fact]
    public async Task Get_EveryPage_HasAPreviewWithADrawnPicture()
    {
        using var client = site.NewClient();
        foreach (var (path, page) in await PagesAsync(client))
        {
            string Meta(string property) => page.QuerySelector($"meta[property='og:{property}']")?.GetAttribute("content") ?? "";

            Assert.True(Meta("title").Length > 3, path);
            Assert.Equal(page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"), Meta("url"));
            Assert.Equal(page.QuerySelector("meta[name=description]")!.GetAttribute("content"), Meta("description"));
            Assert.True(Meta("image:alt").Length > 20, path);
            using var picture = await client.GetAsync(new Uri(Meta("image")).AbsolutePath);
            Assert.True(picture.IsSuccessStatusCode, $"{path}: {Meta("image")}");
            Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        }
    }

    private static async Task<List<(string Path, IDocument Page)>> PagesAsync(HttpClient client)
    {
        var pages = new List<(string, IDocument)>();
        foreach (Match match in Location().Matches(await client.GetStringAsync("/sitemap.xml")))
        {
            var path = new Uri(match.Groups[1].Value).AbsolutePath;
            if (!SitePaths.ById.Values.Contains(path)) pages.Add((path, await client.GetPageAsync(path)));
        }

        Assert.True(pages.Count > 15);
        return pages;
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Nodes(property.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Nodes),
        _ => [],
    };

    private static string TypeOf(JsonElement node) => node.TryGetProperty("@type", out var type) ? type.GetString()! : "";

    private static IElement WithoutScripts(IElement body)
    {
        foreach (var script in body.QuerySelectorAll("script").ToList()) script.Remove();
        return body;
    }

    private static string Plain(string text) => Space().Replace(text, "");

    [GeneratedRegex("<loc>(.+?)</loc>")]
    private static partial Regex Location();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
