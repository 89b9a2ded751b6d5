using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;

namespace AmfmSite.IntegrationTests.Features.LevelGuide;

public sealed class LevelGuideTests(SiteHost site) : IClassFixture<SiteHost>
{
    private const string Path = "/levels-of-care/which";

    [Fact]
    public async Task Post_Answers_LeadToPagesToReadAndStandInNoAddress()
    {
        using var client = site.NewClient();
        using var answer = await PostAsync(client, ("Danger", "no"), ("Days", "effort"), ("Tried", "weekly"), ("Way", "cannot"), ("Room", "yes"), ("Home", "unsafe"), ("Takes", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var address = answer.Headers.Location!.ToString();
        Assert.DoesNotContain("weekly", address, StringComparison.Ordinal);
        using var shown = await client.GetAsync(address);
        Assert.True(shown.Headers.CacheControl!.NoStore);
        Assert.False(shown.Headers.Contains("Set-Cookie"));
        var page = await shown.ReadAsync();
        Assert.Equal(["/levels-of-care/virtual-iop"], page.QuerySelectorAll("#read + .list a").Select(link => link.GetAttribute("href")!));
        Assert.NotNull(page.QuerySelector("article a[href='/conditions/co-occurring']"));
        Assert.NotNull(page.QuerySelector("article a[href='tel:911']"));
        Assert.Equal("weekly", page.QuerySelector("input[name=Tried][checked]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("yes", false)]
    [InlineData("unsure", true)]
    public async Task Post_Danger_PutsHelpFirst(string danger, bool showsLevels)
    {
        using var client = site.NewClient();
        using var answer = await PostAsync(client, ("Danger", danger), ("Days", "plain"));
        var page = await client.GetPageAsync(answer.Headers.Location!.ToString());
        Assert.NotNull(page.QuerySelector("article section.care.now a[href='tel:911']"));
        Assert.Equal(showsLevels, page.QuerySelector("#read") is not null);
        Assert.NotNull(page.QuerySelector("nav.thumb a[href='tel:988']"));
    }

    [Fact]
    public async Task Post_NothingChosen_SaysThatOneAnswerIsEnough()
    {
        using var client = site.NewClient();
        using var answer = await PostAsync(client);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("One is enough", (await answer.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhatCannotBeChosen_CountsAsLeftOut()
    {
        using var client = site.NewClient();
        using var answer = await PostAsync(client, ("Days", "<script>" + new string('x', 5000)), ("Home", "worse"));
        var page = await client.GetPageAsync(answer.Headers.Location!.ToString());
        Assert.Equal(["/levels-of-care/residential"], page.QuerySelectorAll("#read + .list a").Select(link => link.GetAttribute("href")!));
        using var gone = await client.GetAsync($"{Path}/nonsense");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, params (string Name, string Value)[] answers) =>
        client.PostAsync(Path, new FormUrlEncodedContent(answers.Select(answer => new KeyValuePair<string, string>(answer.Name, answer.Value))));
}
