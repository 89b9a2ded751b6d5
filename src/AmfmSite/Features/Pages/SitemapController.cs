using System.Xml.Linq;
using AmfmSite.Features.Content;
using AmfmSite.Web;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Pages;

/// <summary>What machines read: the list of all public pages, and the way to it.</summary>
public sealed class SitemapController(PublishedContent published, SiteAddress address) : Controller
{
    [HttpGet("/sitemap.xml")]
    public IActionResult Sitemap()
    {
        XNamespace xml = "http://www.sitemaps.org/schemas/sitemap/0.9";
        var paths = published.Current.Pages.Select(page => page.Slug).Concat(SitePaths.ById.Values).Order(StringComparer.Ordinal);
        var root = new XElement(xml + "urlset", paths.Select(path => new XElement(xml + "url", new XElement(xml + "loc", address.BaseUrl + path))));
        return Content($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}\n", "application/xml; charset=utf-8");
    }

    [HttpGet("/robots.txt")]
    public IActionResult Robots() => Content(
        $"User-agent: *\nDisallow: /intake\nDisallow: /editing\nDisallow: /staff\nDisallow: /request-a-call/received\nDisallow: /search/\nDisallow: /levels-of-care/which/\nDisallow: /my-request/\n\nSitemap: {address.BaseUrl}/sitemap.xml\n", "text/plain; charset=utf-8");
}
