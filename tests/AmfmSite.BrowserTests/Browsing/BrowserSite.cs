using System.Xml.Linq;

namespace AmfmSite.BrowserTests.Browsing;

/// <summary>One site and one Chromium for all browser tests; every test has contexts of its own, which share nothing.</summary>
public sealed class BrowserSite : IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private IReadOnlyList<string>? _paths;

    public SiteHost Host { get; } = new();

    public IBrowser Browser { get; private set; } = null!;

    public EveryPage EveryPage => field ??= new(this);

    public IBrowserType Chromium => _playwright.Chromium;

    /// <summary>Without a slash at its end.</summary>
    public string Address => Host.Address.ToString().TrimEnd('/');

    public async Task InitializeAsync()
    {
        var options = ChromiumProgram.Options();
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(options);
        _ = Host.Address;
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>Somebody at a device of their own.</summary>
    public async Task<Visit> VisitAsync(BrowserNewContextOptions? options = null) =>
        new(await Browser.NewContextAsync(ForThisSite(options)), Address);

    /// <summary>Like <see cref="VisitAsync"/>, at a window of this width.</summary>
    public Task<Visit> VisitAsync(int width, ColorScheme scheme = ColorScheme.Light) =>
        VisitAsync(new() { ViewportSize = new() { Width = width, Height = width < 700 ? 844 : 900 }, ColorScheme = scheme });

    /// <summary>Paths of all public pages, as the site lists them for machines.</summary>
    public async Task<IReadOnlyList<string>> PathsAsync()
    {
        if (_paths is not null) return _paths;
        using var client = Host.NewClient();
        var map = XDocument.Parse(await client.GetStringAsync("/sitemap.xml"));
        _paths = [.. map.Descendants().Where(element => element.Name.LocalName == "loc").Select(loc => new Uri(loc.Value).AbsolutePath)];
        Assert.True(_paths.Count > 5, $"The sitemap lists only {_paths.Count} pages.");
        return _paths;
    }

    private BrowserNewContextOptions ForThisSite(BrowserNewContextOptions? options)
    {
        options ??= new();
        options.BaseURL = Address;
        options.Locale ??= "en-US";
        options.ReducedMotion ??= ReducedMotion.Reduce;
        return options;
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserSite>
{
    public const string Name = "Browser";
}
