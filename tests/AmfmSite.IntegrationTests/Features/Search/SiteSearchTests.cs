using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;

namespace AmfmSite.IntegrationTests.Features.Search;

public sealed class SiteSearchTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Theory]
    [InlineData("agoraphobia", "/conditions/agoraphobia")]
    [InlineData("Agorafobia", "/conditions/agoraphobia")]
    [InlineData("lonley", "/conditions/loneliness")]
    [InlineData("scared to go outside", "/conditions/agoraphobia")]
    [InlineData("I haven't left the house in months", "/conditions/agoraphobia", "/conditions/severe-social-withdrawal")]
    [InlineData("virtual iop", "/levels-of-care/virtual-iop")]
    [InlineData("php", "/levels-of-care/partial-hospitalization")]
    [InlineData("I hate phone calls", "/admissions/if-phoning-is-hard")]
    [InlineData("what does it cost", "/admissions/insurance")]
    [InlineData("my son won't leave his room", "/conditions/severe-social-withdrawal", "/admissions/families", "/articles/how-to-help-someone-who-withdraws")]
    [InlineData("exposure", "/treatments/cbt-and-exposure")]
    [InlineData("do you take teenagers", "/admissions/who-we-can-help", "/resources/find-other-care")]
    [InlineData("odds ratio", "/resources/glossary")]
    [InlineData("panik atack", "/conditions/panic-disorder")]
    [InlineData("friends", "/conditions/loneliness", "/conditions/social-isolation", "/treatments/peer-and-community-support", "/treatments/social-skills")]
    public async Task Find_AsPeopleSayIt_BringsThePageAmongTheFirstThree(string words, params string[] pages)
    {
        var found = Links(await FindAsync(words));
        Assert.True(found.Take(3).Any(link => pages.Contains(link.Split('#')[0])), $"{words}: {string.Join(", ", found)}");
    }

    [Fact]
    public async Task Find_Words_MarksThemAndLeadsToThePlaceOnThePage()
    {
        using var client = site.NewClient();
        var page = await FindAsync("breathe out slowly");
        Assert.Contains(page.QuerySelectorAll("mark"), mark => mark.TextContent.Contains("reath", StringComparison.OrdinalIgnoreCase));
        foreach (var link in Links(page))
        {
            var parts = link.Split('#');
            if (parts.Length == 2) Assert.NotNull((await client.GetPageAsync(parts[0])).GetElementById(parts[1]));
        }
    }

    [Fact]
    public async Task Find_Misspelled_SaysWhatWasLookedForInstead()
    {
        var page = await FindAsync("agorafobia");
        Assert.Contains("No page has the word “agorafobia”", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("“agoraphobia”", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_Nothing_SaysSoAndShowsWaysOn()
    {
        var page = await FindAsync("qqqqzzzzxxxx");
        Assert.Contains("Nothing was found", page.QuerySelector("#found")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("#begin + .list a"));
        Assert.Equal("qqqqzzzzxxxx", page.QuerySelector("#words")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("I want to kill myself")]
    [InlineData("no reason to live")]
    [InlineData("suicide")]
    public async Task Find_WordsOfCrisis_PutsHelpBeforeAllResults(string words)
    {
        var page = await FindAsync(words);
        var first = page.QuerySelector("article")!.QuerySelector("section, ul")!;
        Assert.True(first.ClassList.Contains("now"));
        Assert.NotNull(first.QuerySelector("a[href='tel:988']"));
        Assert.NotNull(page.QuerySelector("nav.thumb a[href='tel:988']"));
        Assert.Null((await FindAsync("agoraphobia")).QuerySelector("section.care.now"));
    }

    [Fact]
    public async Task Post_Words_StandInNoAddressAndNothingIsKept()
    {
        using var client = site.NewClient();
        using var answer = await PostAsync(client, "panic attack on the bus");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var address = answer.Headers.Location!.ToString();
        Assert.DoesNotContain("panic", address, StringComparison.OrdinalIgnoreCase);
        using var page = await client.GetAsync(address);
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.False(page.Headers.Contains("Set-Cookie"));
        Assert.NotNull((await page.ReadAsync()).QuerySelector("meta[name=robots][content=noindex]"));
    }

    [Fact]
    public async Task Post_FewAndManyWords_AddressesHaveTheSameLength()
    {
        using var client = site.NewClient();
        using var few = await PostAsync(client, "php");
        using var many = await PostAsync(client, "I have not left the house in months and I am afraid that nobody would notice if I were gone");
        Assert.Equal(few.Headers.Location!.ToString().Length, many.Headers.Location!.ToString().Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("?!…")]
    [InlineData("🙂")]
    public async Task Post_NoWord_SaysWhatToDo(string words)
    {
        using var client = site.NewClient();
        using var answer = await PostAsync(client, words);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Write a word or two", (await answer.ReadAsync()).QuerySelector(".err")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FarTooLong_KeepsWhatWasTyped()
    {
        using var client = site.NewClient();
        var words = string.Join(' ', Enumerable.Repeat("lonely", 30));
        using var answer = await PostAsync(client, words);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(words, (await answer.ReadAsync()).QuerySelector("#words")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("\" OR 1=1 --")]
    [InlineData("name:* NEAR(a b, 3) ^x")]
    [InlineData("'); DROP TABLE passage; --")]
    [InlineData("AND OR NOT")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\u0002lonely\u0003")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z")]
    [InlineData("ﬁne ＬＯＮＥＬＹ İstanbul ßß")]
    public async Task Find_HostileWords_AreWords(string words)
    {
        var page = await FindAsync(words);
        Assert.NotNull(page.QuerySelector("#found"));
        Assert.Empty(page.QuerySelectorAll("article script, main script"));
    }

    [Fact]
    public async Task Get_TokenThatIsNoneOrOfAnotherPage_IsGoneAndTheFormIsThere()
    {
        using var client = site.NewClient();
        using var guide = await client.PostAsync("/levels-of-care/which", new FormUrlEncodedContent([new("Days", "effort")]));
        foreach (var token in new[] { "nonsense", new string('x', 3900), guide.Headers.Location!.ToString().Split('/')[^1] })
        {
            using var answer = await client.GetAsync($"/search/{token}");
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            Assert.NotNull((await answer.ReadAsync()).QuerySelector("form[action='/search'] input[name=Words]"));
        }
    }

    [Fact]
    public async Task Get_AfterHalfAnHour_IsGone()
    {
        await using var clocked = new ClockedHost();
        using var client = clocked.NewClient();
        using var answer = await PostAsync(client, "agoraphobia");
        clocked.Clock!.Advance(TimeSpan.FromMinutes(29));
        using (var still = await client.GetAsync(answer.Headers.Location)) Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        clocked.Clock.Advance(TimeSpan.FromMinutes(2));
        using var gone = await client.GetAsync(answer.Headers.Location);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    [Fact]
    public async Task Find_AfterTheContentHasChanged_FindsTheNewWords()
    {
        await using var own = new SiteHost();
        Assert.Contains("Nothing was found", (await FindAsync("zwiebelfisch", own)).QuerySelector("#found")!.TextContent, StringComparison.Ordinal);
        using var pack = new PackCopy();
        pack.Change("pages/crisis.md", "## Afterwards {#afterwards}", "## Zwiebelfisch {#zwiebelfisch}\n\nA word that no page had.\n\n## Afterwards {#afterwards}");
        await pack.ServeAsync(own);
        Assert.Contains("/crisis#zwiebelfisch", Links(await FindAsync("zwiebelfisch", own)));
    }

    private static List<string> Links(IDocument page) => [.. page.QuerySelectorAll(".hits > li > a").Select(link => link.GetAttribute("href")!)];

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string words) => client.PostAsync("/search", new FormUrlEncodedContent([new("Words", words)]));

    private async Task<IDocument> FindAsync(string words, SiteHost? where = null)
    {
        using var client = (where ?? site).NewClient();
        using var answer = await PostAsync(client, words);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return await client.GetPageAsync(answer.Headers.Location!.ToString());
    }
}
