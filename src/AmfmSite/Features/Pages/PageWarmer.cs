using AmfmSite.Web;

namespace AmfmSite.Features.Pages;

/// <summary>Looks twice a second whether pages are to be drawn anew, so that they are ready soon after something was published.</summary>
internal sealed class PageWarmer(IServiceScopeFactory scopes, RenderedPages pages, TimeProvider clock, ILogger<PageWarmer> log)
    : RecurringWork(clock, TimeSpan.FromMilliseconds(500), "Pages could not be drawn ahead; they are drawn when they are asked for", log)
{
    protected override Task RunAsync(CancellationToken cancellation) => pages.WarmAsync(scopes, cancellation);
}
