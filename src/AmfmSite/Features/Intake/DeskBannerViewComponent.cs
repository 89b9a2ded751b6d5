using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Intake;

/// <summary>The alarms over every page of the desk; nothing where there are none.</summary>
public sealed class DeskBannerViewComponent(DeskAlarms alarms) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() =>
        await alarms.ReadAsync(HttpContext.RequestAborted) is { Count: > 0 } words ? View("~/Features/Intake/_DeskBanner.cshtml", words) : Content("");
}
