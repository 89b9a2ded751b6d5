namespace AmfmSite.Web;

/// <summary>Settings under <c>Site</c>.</summary>
public sealed class SiteOptions
{
    public const string Section = "Site";

    /// <summary>Address the public uses, without a slash at its end. Development: the first address listened on.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Addresses or networks of proxies whose X-Forwarded-For is believed; loopback always is.</summary>
    public List<string> TrustedProxies { get; set; } = [];
}
