using System.Net;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Intake;

public sealed class SearchTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Search_ReferenceInAnyWriting_OpensTheRequest()
    {
        using var staff = await site.SignInAsync("reference@example.org");
        var request = (await QueuedRequest.AddAsync(site, [new()]))[0];
        var reference = request.Reference;
        foreach (var typed in new[] { reference, reference.ToLowerInvariant(), $" {reference[..4]}-{reference[4..]} ", reference.Replace('0', 'o').Replace('1', 'L') })
        {
            using var answer = await SearchAsync(staff, typed);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Equal($"/intake/requests/{request.Id}", answer.Headers.Location!.ToString());
        }
    }

    [Theory]
    [InlineData("+12065550171", "(206) 555-0171", "206.555.0171", "+1 206 555 0171", "12065550171")]
    [InlineData("+12065550172;ext=12", "206-555-0172 ext. 12", "206-555-0172 x12")]
    public async Task Search_PhoneInAnyWriting_ListsAllOfThisNumberAndNamesNobody(string phone, params string[] writings)
    {
        using var staff = await site.SignInAsync($"phone{phone[^2..]}@example.org");
        var made = await QueuedRequest.AddAsync(site,
        [
            new() { Name = "Robin Twice", Phone = phone, Age = TimeSpan.FromHours(2) },
            new() { Name = "Robin Twice", Phone = phone, Work = (request, at) => { request.Claim(Guid.NewGuid(), at); request.Close(AmfmSite.Features.CallbackRequests.RequestOutcome.Declined, request.ClaimedById!.Value, at); } },
            new() { Name = "Robin Other", Phone = "+12065550173" },
        ]);
        foreach (var typed in writings)
        {
            using var answer = await SearchAsync(staff, typed);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            var text = await answer.Content.ReadAsStringAsync();
            var page = await answer.ReadAsync();
            Assert.Equal([$"/intake/requests/{made[1].Id}", $"/intake/requests/{made[0].Id}"], page.QuerySelectorAll(".q th[scope=row] a").Select(link => link.GetAttribute("href")));
            foreach (var personal in new[] { "Robin Twice", "017", typed }) Assert.DoesNotContain(personal, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Search_Email_FindsItInAnyCase()
    {
        using var staff = await site.SignInAsync("email@example.org");
        var request = (await QueuedRequest.AddAsync(site, [new() { Phone = null, Email = "robin.search@example.org" }]))[0];
        using var answer = await SearchAsync(staff, " Robin.Search@Example.ORG ");
        Assert.Equal($"/intake/requests/{request.Id}", answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("415-555-0199", "No request has this phone number")]
    [InlineData("415-555-01", "ten digits in all")]
    [InlineData("415-555", "This cannot be read", true)]
    [InlineData("nobody.here@example.org", "No request has this e-mail address")]
    [InlineData("0000-0000", "No request has this reference")]
    [InlineData("Robin Search", "This cannot be read", true)]
    [InlineData("robin@", "This cannot be read", true)]
    [InlineData("", "This cannot be read", true)]
    public async Task Search_NothingFoundOrUnreadable_SaysSoAndKeepsWhatWasTyped(string typed, string words, bool unreadable = false)
    {
        using var staff = await site.SignInAsync($"{Guid.NewGuid():N}@example.org");
        using var answer = await SearchAsync(staff, typed);
        Assert.Equal(unreadable ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.ReadAsync();
        Assert.Contains(words, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, page.QuerySelector("#find")!.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Search_LeavesKindAndCountInTheTraceAndNeverTheText()
    {
        using var staff = await site.SignInAsync("traced@example.org");
        var me = await site.InDatabaseAsync(db => db.Users.Where(user => user.Email == "traced@example.org").Select(user => user.Id).SingleAsync());
        await QueuedRequest.AddAsync(site, [new() { Phone = "+12065550181" }, new() { Phone = "+12065550181" }]);
        foreach (var typed in new[] { "206-555-0181", "nobody.traced@example.org", "0000-0001", "Robin Traced" })
            using (await SearchAsync(staff, typed)) { }
        var trace = await site.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.StaffId == me && entry.Action == AuditAction.Searched).OrderBy(entry => entry.Id).Select(entry => entry.Detail).ToListAsync());
        Assert.Equal(["Phone, 2 found", "Email, 0 found", "Reference, 0 found", "unreadable, 0 found"], trace);
    }

    [Fact]
    public async Task Search_WithoutAntiforgeryOrAsEditor_IsRefused_AndReadAgainLeadsToTheQueue()
    {
        using var staff = await site.SignInAsync("forged-search@example.org");
        using var forged = await staff.PostAsync("/intake/search", new FormUrlEncodedContent([new("Text", "415-555-0123")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var again = await staff.GetAsync("/intake/search");
        Assert.Equal("/intake", again.Headers.Location!.ToString());
        using var editor = await site.SignInAsync("editor-search@example.org", StaffRoles.Editor);
        using var refused = await editor.GetAsync("/intake/list");
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    private static Task<HttpResponseMessage> SearchAsync(HttpClient staff, string typed) => staff.PostFromAsync("/intake?page=1", "/intake/search", ("Text", typed));
}
