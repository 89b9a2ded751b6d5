using System.Globalization;
using System.Text.RegularExpressions;
using AmfmSite.Features.Editing;
using AmfmSite.Web;

namespace AmfmSite.UnitTests.Architecture;

/// <summary>What deploy/ says twice, and the site says too, is the same. Whether it works was tried by hand: docs/quality.md.</summary>
public sealed partial class DeployTests
{
    private static readonly string Proxy = Read("nginx.conf"), Unit = Read("amfmsite.service"), Settings = Read("amfmsite.env"), Unavailable = Read("unavailable.html");

    [Fact]
    public void Proxy_BodyLimits_AreTheSites()
    {
        Assert.Equal(SiteSetup.LongestText, LimitOf("/editing"));
        Assert.Equal(PictureUploadsController.LongestBody, LimitOf($"= {PictureUploadsController.Path}"));

        // A little more than the site takes, so that the refusal is its own page.
        Assert.InRange(Bytes(Limit().Match(Proxy)), SiteSetup.LongestBody + 1, 4 * SiteSetup.LongestBody);
    }

    [Fact]
    public void Proxy_Logs_NoAddressPathOrQuestion()
    {
        var format = LogFormat().Match(Proxy).Groups[1].Value;

        Assert.Equal(["time_iso8601", "amfmsite_network", "request_method", "status", "bytes_sent", "request_time", "upstream_response_time"],
            Variable().Matches(format).Select(variable => variable.Groups[1].Value));
        Assert.All(AccessLog().Matches(Proxy).Select(log => log.Groups[1].Value), log => Assert.True(log == "off" || log.EndsWith(" amfmsite", StringComparison.Ordinal), log));
        Assert.All(ErrorLog().Matches(Proxy).Select(log => log.Groups[1].Value), log => Assert.EndsWith(" alert", log, StringComparison.Ordinal));
    }

    [Fact]
    public void Unit_Stops_LaterThanTheSiteGivesUp() =>
        Assert.True(TimeSpan.FromSeconds(int.Parse(StopAfter().Match(Unit).Groups[1].Value, CultureInfo.InvariantCulture)) > SiteSetup.Goodbye);

    [Fact]
    public void Unit_WritesOnly_WhereTheSettingsSay()
    {
        var named = DirectorySetting().Matches(Settings).Select(setting => setting.Groups[1].Value).Order(StringComparer.Ordinal);

        Assert.Equal(StateDirectory().Match(Unit).Groups[1].Value.Split(' ').Select(name => $"/var/lib/{name}").Order(StringComparer.Ordinal), named);
    }

    [Fact]
    public void UnavailablePage_Names_HelpAndThePhoneOfThePack()
    {
        var provider = File.ReadAllText(Path.Combine(Repository.Source, "Content", "provider.yaml"));
        var (phone, display) = (Phone().Match(provider).Groups[1].Value, PhoneDisplay().Match(provider).Groups[1].Value);

        Assert.Contains($"<a href=\"tel:{phone}\">{display}</a>", Unavailable, StringComparison.Ordinal);
        Assert.Contains("<a href=\"tel:988\">", Unavailable, StringComparison.Ordinal);
        Assert.Contains("<a href=\"tel:911\">", Unavailable, StringComparison.Ordinal);

        // It stands under a policy that allows nothing, and must not need the site that is away.
        Assert.DoesNotMatch("<(style|script|link|img)|src=|style=", Unavailable);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, "deploy", file));

    private static int LimitOf(string location) =>
        Bytes(Limit().Match(Proxy, Proxy.IndexOf($"location {location} {{", StringComparison.Ordinal)));

    private static int Bytes(Match limit) =>
        int.Parse(limit.Groups[1].Value, CultureInfo.InvariantCulture) * (limit.Groups[2].Value == "m" ? 1024 * 1024 : 1024);

    [GeneratedRegex(@"client_max_body_size (\d+)([km]);")]
    private static partial Regex Limit();

    [GeneratedRegex("log_format amfmsite '([^']*)'")]
    private static partial Regex LogFormat();

    [GeneratedRegex(@"\$\{?(\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex("access_log ([^;]*);")]
    private static partial Regex AccessLog();

    [GeneratedRegex("error_log ([^;]*);")]
    private static partial Regex ErrorLog();

    [GeneratedRegex(@"^TimeoutStopSec=(\d+)$", RegexOptions.Multiline)]
    private static partial Regex StopAfter();

    [GeneratedRegex("^StateDirectory=(.*)$", RegexOptions.Multiline)]
    private static partial Regex StateDirectory();

    [GeneratedRegex("^(?:Data|Keys)__Directory=(.*)$", RegexOptions.Multiline)]
    private static partial Regex DirectorySetting();

    [GeneratedRegex("^phone: \"(.*)\"$", RegexOptions.Multiline)]
    private static partial Regex Phone();

    [GeneratedRegex("^phoneDisplay: (.*)$", RegexOptions.Multiline)]
    private static partial Regex PhoneDisplay();
}
