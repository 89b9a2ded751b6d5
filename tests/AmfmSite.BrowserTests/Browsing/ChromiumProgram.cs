namespace AmfmSite.BrowserTests.Browsing;

/// <summary>The Chromium of the system: Playwright downloads none.</summary>
internal static class ChromiumProgram
{
    private const string Usual = "/usr/bin/chromium";

    public static string Path
    {
        get
        {
            var path = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : Usual;
            return File.Exists(path)
                ? path
                : throw new InvalidOperationException($"The browser tests need Chromium, and there is no {path}. Run `bash tests/run.sh`, which installs it, or name another with CHROMIUM.");
        }
    }

    /// <summary>Without the traffic that a browser makes on its own. The sandbox refuses to start for root.</summary>
    public static string[] Flags =>
    [
        "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
        .. Environment.UserName == "root" ? new[] { "--no-sandbox" } : [],
    ];

    public static BrowserTypeLaunchOptions Options() => new() { ExecutablePath = Path, Args = Flags };
}
