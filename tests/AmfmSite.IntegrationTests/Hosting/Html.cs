using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>Answers read as a browser reads them.</summary>
public static class Html
{
    public static async Task<IDocument> ReadAsync(this HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

    public static async Task<IDocument> GetPageAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return await answer.ReadAsync();
    }
}
