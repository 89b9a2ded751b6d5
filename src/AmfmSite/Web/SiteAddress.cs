using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace AmfmSite.Web;

/// <summary>The address under which people reach this site; known once the server listens.</summary>
public sealed class SiteAddress(IOptions<SiteOptions> options, IServer server, IConfiguration configuration)
{
    /// <summary>Without a slash at its end.</summary>
    public string BaseUrl => (options.Value.BaseUrl.Length > 0 ? options.Value.BaseUrl : FirstListened()).TrimEnd('/');

    public string Host => new Uri(BaseUrl).Host;

    private string FirstListened()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? configuration["urls"]?.Split(';')[0]
            ?? "http://localhost:5000";
        return address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal);
    }
}
