using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using AmfmSite.Features.Content;
using Microsoft.AspNetCore.Html;

namespace AmfmSite.Features.Pages;

/// <summary>
/// What a page tells machines about itself, in the vocabulary of schema.org: only what a reader can see on it, from the
/// same records. No rating, no review, no address, no reviewer that nobody named.
/// </summary>
internal static class StructuredData
{
    /// <summary>Letters of every script as they are; &lt;, &gt;, &amp; and quotes escaped, so nothing can end the script element.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static IHtmlContent Of(PublishedPage page, ContentSnapshot content, string baseUrl)
    {
        var url = baseUrl + page.Slug;
        var organization = new JsonObject { ["@id"] = baseUrl + "/#organization" };
        var graph = new JsonArray(Organization(content, baseUrl), Page(page, content, url, organization));
        if (Breadcrumb(page, content, baseUrl) is { } breadcrumb) graph.Add(breadcrumb);
        if (Questions(page, content) is { } questions) graph.Add(questions);
        return ContentHtml.OfJson(new JsonObject { ["@context"] = "https://schema.org", ["@graph"] = graph }.ToJsonString(Json));
    }

    private static JsonObject Organization(ContentSnapshot content, string baseUrl) => new()
    {
        ["@type"] = "MedicalOrganization",
        ["@id"] = baseUrl + "/#organization",
        ["name"] = content.Provider.Brand,
        ["alternateName"] = content.Provider.ShortBrand,
        ["telephone"] = content.Provider.Phone,
        ["url"] = baseUrl + "/",
    };

    private static JsonObject Page(PublishedPage page, ContentSnapshot content, string url, JsonObject organization)
    {
        var isMedical = page.Kind is PageKind.Condition or PageKind.Level or PageKind.Treatment or PageKind.Program or PageKind.Article;
        var node = new JsonObject
        {
            ["@type"] = isMedical ? "MedicalWebPage" : "WebPage",
            ["url"] = url,
            ["name"] = page.Title,
            ["description"] = page.Lead.ToText(),
            ["publisher"] = organization,
        };
        if (page.Kind == PageKind.Condition) node["about"] = new JsonObject { ["@type"] = "MedicalCondition", ["name"] = page.Name };
        if (page.Reviewed is { } reviewed) node["lastReviewed"] = reviewed.ToString("yyyy-MM-dd");
        if (page is { Reviewed: not null, Reviewer.Length: > 0 }) node["reviewedBy"] = new JsonObject { ["@type"] = "Person", ["name"] = page.Reviewer };
        var sources = page.References.Select(reference => reference.Address).Where(address => address.Length > 0).ToList();
        if (sources.Count > 0) node["citation"] = new JsonArray([.. sources.Select(address => (JsonNode)address)]);
        return node;
    }

    private static JsonObject? Breadcrumb(PublishedPage page, ContentSnapshot content, string baseUrl)
    {
        if (page.Kind == PageKind.Home) return null;
        var steps = content.Ancestors(page).Append(page).Select((step, index) => new JsonObject
        {
            ["@type"] = "ListItem",
            ["position"] = index + 1,
            ["name"] = step.Name,
            ["item"] = baseUrl + step.Slug,
        });
        return new() { ["@type"] = "BreadcrumbList", ["itemListElement"] = new JsonArray([.. steps]) };
    }

    /// <summary>A question belongs to one page, which alone tells machines about it; other pages may show it, too.</summary>
    private static JsonObject? Questions(PublishedPage page, ContentSnapshot content)
    {
        var own = page.FaqIds.Select(id => content.Faqs[id]).Where(faq => faq.HomePage == page.Id).Select(faq => new JsonObject
        {
            ["@type"] = "Question",
            ["name"] = faq.Question,
            ["acceptedAnswer"] = new JsonObject { ["@type"] = "Answer", ["text"] = faq.Answer.ToText() },
        }).ToList();
        return own.Count == 0 ? null : new() { ["@type"] = "FAQPage", ["mainEntity"] = new JsonArray([.. own]) };
    }
}
