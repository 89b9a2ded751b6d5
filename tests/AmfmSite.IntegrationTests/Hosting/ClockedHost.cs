namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>A site whose clock stands until a test moves it.</summary>
public sealed class ClockedHost : SiteHost
{
    public ClockedHost() => Clock = new();
}
