using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Outbox;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.CallbackRequests;

public sealed class AskTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Post_Complete_StoresRequestMessageAndTraceAndShowsReference()
    {
        using var client = site.NewClient();
        using var answer = await new CallbackPost().SendAsync(client);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith("/request-a-call/received/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        var reference = await ReferenceAsync(client, answer);
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", reference);
        var request = await FindAsync(reference);
        Assert.NotNull(request);
        Assert.Equal(1, await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync(message => message.RequestId == request.Id && message.Kind == OutboxKind.RequestReceived)));
        Assert.Equal(1, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.RequestId == request.Id && entry.Action == AuditAction.RequestReceived)));
    }

    [Fact]
    public async Task Get_Received_HoldsNothingPersonalAndIsNotCached()
    {
        using var client = site.NewClient();
        using var answer = await new CallbackPost().With("Name", "Quillon Zebrafish").With("Phone", "(212) 555-0177").With("Email", "quillon@example.org").SendAsync(client);
        using var page = await client.GetAsync(answer.Headers.Location);
        var text = await page.Content.ReadAsStringAsync();
        foreach (var personal in new[] { "Quillon", "555-0177", "5550177", "quillon@" })
        {
            Assert.DoesNotContain(personal, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(personal, answer.Headers.Location!.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.True(page.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Get_ReceivedWithForeignToken_Is410AndSaysWhatToDo()
    {
        using var client = site.NewClient();
        using var page = await client.GetAsync("/request-a-call/received/not-one-of-ours");
        Assert.Equal(HttpStatusCode.Gone, page.StatusCode);
        Assert.Contains("866-478-4383", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name", "", "Write the name we should ask for")]
    [InlineData("Phone", "", "Write a phone number or an e-mail address")]
    [InlineData("Phone", "555-01", "Write the number with its area code")]
    [InlineData("State", "", "Choose the state you are in")]
    [InlineData("State", "TX", "Choose your time zone")]
    [InlineData("Adult", "", "18 or older")]
    [InlineData("Email", "robin at example", "Write the whole e-mail address")]
    [InlineData("Consent", "", "Tick the box")]
    [InlineData("Voicemail", "shout", "Choose one of the answers")]
    [InlineData("Day", "yesterday", "Choose one of the answers")]
    [InlineData("Topic", "<b>", "Choose one of the answers")]
    public async Task Post_WithFault_SaysItInWordsAndKeepsAnswers(string field, string value, string message)
    {
        using var client = site.NewClient();
        using var answer = await new CallbackPost().With("Name", "Robin Kept").With("Note", "Two\nlines & <tags>").With(field, value).SendAsync(client);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.ReadAsync();
        Assert.StartsWith("Error:", page.Title, StringComparison.Ordinal);
        Assert.Contains("What you wrote is still here", page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        var line = page.QuerySelectorAll(".summary a").Single(link => link.TextContent.Contains(message, StringComparison.Ordinal));
        var target = page.QuerySelector(line.GetAttribute("href")!);
        Assert.NotNull(target);
        Assert.Contains(target.TagName, new[] { "INPUT", "SELECT", "TEXTAREA" });
        if (field != "Name") Assert.Equal("Robin Kept", page.QuerySelector("#f-name")!.GetAttribute("value"));
        Assert.Equal("Two\nlines & <tags>", page.QuerySelector("#f-note")!.TextContent);
    }

    [Fact]
    public async Task Post_Nothing_ListsEveryRequiredField()
    {
        using var client = site.NewClient();
        using var answer = await client.PostAsync("/request-a-call", new FormUrlEncodedContent([]));
        var page = await answer.ReadAsync();
        Assert.Equal(
            ["#f-for", "#f-adult", "#f-name", "#f-state", "#f-phone", "#f-consent"],
            page.QuerySelectorAll(".summary a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Post_NotAForm_IsShownAgainAndNever400()
    {
        using var client = site.NewClient();
        using var json = await client.PostAsync("/request-a-call", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, json.StatusCode);
    }

    [Fact]
    public async Task Post_Under18_StoresNothingAndShowsWhereElseToTurn()
    {
        using var client = site.NewClient();
        var before = await CountAsync();
        using var answer = await new CallbackPost().With("Adult", "no").SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var page = await client.GetStringAsync(answer.Headers.Location);
        Assert.Contains("tel:988", page, StringComparison.Ordinal);
        Assert.Contains("findtreatment.gov", page, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Post_SameAnswersTwice_IsOneRequest()
    {
        using var client = site.NewClient();
        var post = new CallbackPost();
        using var first = await post.SendAsync(client);
        using var second = await post.With("Phone", "+1 (415) 555 0123").With("From", "/conditions/agoraphobia").SendAsync(client);
        Assert.Equal(await ReferenceAsync(client, first), await ReferenceAsync(client, second));
    }

    [Fact]
    public async Task Post_SameAnswersAtOnce_IsOneRequest()
    {
        using var client = site.NewClient();
        var post = new CallbackPost();
        var before = await CountAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => post.SendAsync(client)));
        var references = new HashSet<string>();
        foreach (var answer in answers) references.Add(await ReferenceAsync(client, answer));
        Assert.Single(references);
        Assert.Equal(before + 1, await CountAsync());
    }

    [Fact]
    public async Task Post_TwoPeopleFromOnePage_AreTwoRequests()
    {
        using var client = site.NewClient();
        using var first = await new CallbackPost().SendAsync(client);
        using var second = await new CallbackPost().SendAsync(client);
        Assert.NotEqual(await ReferenceAsync(client, first), await ReferenceAsync(client, second));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Origin", "null", true)]
    [InlineData("Origin", "https://elsewhere.example", false)]
    public async Task Post_FromSomewhere_IsTakenOnlyFromOurselves(string header, string value, bool taken)
    {
        using var client = site.NewClient();
        var before = await CountAsync();
        using var answer = await new CallbackPost().With("Name", "Robin Elsewhere").SendAsync(client, (header, value));
        Assert.Equal(taken ? HttpStatusCode.SeeOther : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        if (taken) return;

        var page = await answer.ReadAsync();
        Assert.Equal("Robin Elsewhere", page.QuerySelector("#f-name")!.GetAttribute("value"));
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Post_OwnOrigin_IsTaken()
    {
        using var client = site.NewClient();
        using var answer = await new CallbackPost().SendAsync(client, ("Origin", site.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task Post_HoneypotFilled_IsAnsweredLikeAnyOtherAndWaitsApartWithOneNotice()
    {
        using var client = site.NewClient();
        using var first = await new CallbackPost().With("Website", "https://spam.example").SendAsync(client);
        using var second = await new CallbackPost().With("Website", "x").SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        var request = await FindAsync(await ReferenceAsync(client, first));
        Assert.Equal(QuarantineReason.Honeypot, request!.Quarantine);
        Assert.Equal(0, await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync(message => message.RequestId == request.Id)));
        Assert.Equal(1, await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync(message => message.Kind == OutboxKind.QuarantineNotice)));
    }

    [Theory]
    [InlineData("/conditions/agoraphobia", "/conditions/agoraphobia")]
    [InlineData("https://elsewhere.example/x", "/request-a-call")]
    [InlineData("/no/such/page", "/request-a-call")]
    public async Task Post_From_KeepsOnlyOurOwnPages(string from, string kept)
    {
        using var client = site.NewClient();
        using var answer = await new CallbackPost().With("From", from).SendAsync(client);
        Assert.Equal(kept, (await FindAsync(await ReferenceAsync(client, answer)))!.SourcePath);
    }

    [Theory]
    [InlineData("王小明")]
    [InlineData("Zoë O’Brien-Łukasz")]
    [InlineData("محمد")]
    [InlineData("👩🏽‍🚀 Nova")]
    [InlineData("X Æ A-12")]
    public async Task Post_NameOfAnyScript_ComesBackUnchanged(string name)
    {
        using var client = site.NewClient();
        using var answer = await new CallbackPost().With("Name", name).Without("Consent").SendAsync(client);
        Assert.Equal(name, (await answer.ReadAsync()).QuerySelector("#f-name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Get_FormPages_SetNoCookie()
    {
        using var client = site.NewClient();
        foreach (var path in new[] { "/request-a-call", "/conditions/social-isolation", "/" })
        {
            using var page = await client.GetAsync(path);
            Assert.False(page.Headers.Contains("Set-Cookie"), path);
        }

        using var answer = await new CallbackPost().SendAsync(client);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private Task<int> CountAsync() => site.InDatabaseAsync(db => db.CallbackRequests.CountAsync());

    private Task<CallbackRequest?> FindAsync(string shown)
    {
        var reference = Reference.Read(shown);
        return site.InDatabaseAsync(db => db.CallbackRequests.SingleOrDefaultAsync(request => request.Reference == reference));
    }

    private static async Task<string> ReferenceAsync(HttpClient client, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return (await client.GetPageAsync(answer.Headers.Location!.ToString())).QuerySelector("strong[data-reference]")!.TextContent;
    }
}
