using System.Net;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Staff;

/// <summary>What administrators do to accounts.</summary>
public sealed class AccountsTests(ClockedHost site) : IClassFixture<ClockedHost>
{
    [Fact]
    public async Task Invite_NewAddress_ShowsTheLinkOnceAndItOpensTheAccount()
    {
        using var admin = await site.SignInAsync("boss@example.org", StaffRoles.Admin);
        using var invited = await admin.PostFromAsync("/staff/accounts", "/staff/accounts", ("Email", "new@example.org"), ("Roles", StaffRoles.Lead));
        Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        Assert.Contains("no-store", invited.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var link = (await invited.ReadAsync()).QuerySelector(".secret.link")!.TextContent;
        Assert.Empty(Directory.Exists(site.Mails) ? Directory.EnumerateFiles(site.Mails) : []);

        using var client = site.NewStaffClient();
        await client.EnterAsync(new Uri(link).PathAndQuery, "new@example.org");
        using (var queue = await client.GetAsync("/intake")) Assert.Equal(HttpStatusCode.OK, queue.StatusCode);
        using (var accounts = await client.GetAsync("/staff/accounts")) Assert.Equal(HttpStatusCode.NotFound, accounts.StatusCode);
        using (var again = await client.GetAsync(new Uri(link).PathAndQuery)) Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        var id = (await site.AccountAsync("new@example.org")).Id;
        Assert.Contains(await site.TraceAsync("boss@example.org"), entry => entry.Action == AuditAction.StaffInvited && entry.Detail == $"account {id}: lead");
        var row = Row(await admin.GetPageAsync("/staff/accounts"), "new@example.org");
        foreach (var word in new[] { "Lead", "Password only", "Open" }) Assert.Contains(word, row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "lead", "Enter the e-mail address")]
    [InlineData("not an address", "lead", "such as robin@example.org")]
    [InlineData("twice@example.org", "lead", "There is an account of this address already")]
    [InlineData("nothing@example.org", "", "Choose at least one role")]
    [InlineData("unknown@example.org", "superuser", "Choose at least one role")]
    public async Task Invite_Amiss_SaysSoAndMakesNothing(string email, string role, string sentence)
    {
        using var admin = await site.SignInAsync($"boss-{Guid.NewGuid():N}@example.org", StaffRoles.Admin);
        if (email == "twice@example.org") await site.InviteAsync(email, StaffRoles.Editor);
        var before = await site.InDatabaseAsync(db => db.Users.CountAsync());
        using var answer = await admin.PostFromAsync("/staff/accounts", "/staff/accounts", ("Email", email), ("Roles", role));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await site.InDatabaseAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task Roles_Changed_CountAtTheNextStepAndAreAudited()
    {
        using var admin = await site.SignInAsync("giver@example.org", StaffRoles.Admin);
        using var colleague = await site.SignInAsync("taker@example.org", StaffRoles.Editor);
        var (path, id) = await PathOfAsync("taker@example.org");
        using (var closed = await colleague.GetAsync("/intake")) Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        using (var given = await admin.PostFromAsync(path, path + "/roles", ("Roles", StaffRoles.Intake))) Assert.Equal(path, given.To());
        using (var open = await colleague.GetAsync("/intake")) Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        var trace = (await site.TraceAsync("giver@example.org")).Select(entry => (entry.Action, entry.Detail)).ToList();
        Assert.Contains((AuditAction.RoleGiven, $"account {id}: intake"), trace);
        Assert.Contains((AuditAction.RoleTaken, $"account {id}: editor"), trace);
        using (var none = await admin.PostFromAsync(path, path + "/roles")) Assert.Equal(HttpStatusCode.Conflict, none.StatusCode);
    }

    [Fact]
    public async Task Disable_SignedInColleague_IsOutAtOnce_AndOpensAgainOnlyWithANewLink()
    {
        using var admin = await site.SignInAsync("closer@example.org", StaffRoles.Admin);
        using var colleague = await site.SignInAsync("goer@example.org");
        var (path, _) = await PathOfAsync("goer@example.org");
        using (var shut = await admin.PostFromAsync(path, path + "/disable")) Assert.Equal(path, shut.To());
        using (var ended = await colleague.GetAsync("/intake")) Assert.Contains("/staff/sign-in", ended.To(), StringComparison.Ordinal);
        using (var refused = await colleague.TryAsync("goer@example.org")) Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Shut", Row(await admin.GetPageAsync("/staff/accounts"), "goer@example.org"), StringComparison.Ordinal);

        using (var opened = await admin.PostFromAsync(path, path + "/reset"))
        {
            using (var old = await colleague.TryAsync("goer@example.org")) Assert.Equal(HttpStatusCode.UnprocessableEntity, old.StatusCode);
            await colleague.EnterAsync(new Uri((await opened.ReadAsync()).QuerySelector(".secret.link")!.TextContent).PathAndQuery, "goer@example.org");
        }

        var actions = (await site.TraceAsync("closer@example.org")).Select(entry => entry.Action).ToList();
        foreach (var action in new[] { AuditAction.StaffDisabled, AuditAction.StaffEnabled, AuditAction.FactorsReset }) Assert.Contains(action, actions);
    }

    [Fact]
    public async Task Reset_LostPhone_TakesAllWaysInAway()
    {
        using var admin = await site.SignInAsync("helper@example.org", StaffRoles.Admin);
        using var colleague = await site.SignInAsync("lost@example.org");
        var (_, codes) = await AuthenticatorApp.SetUpAsync(colleague, site.Clock);
        var (path, id) = await PathOfAsync("lost@example.org");
        using var reset = await admin.PostFromAsync(path, path + "/reset");
        using (var ended = await colleague.GetAsync("/intake")) Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        using var client = site.NewStaffClient();
        await client.EnterAsync(new Uri((await reset.ReadAsync()).QuerySelector(".secret.link")!.TextContent).PathAndQuery, "lost@example.org");
        Assert.False((await site.AccountAsync("lost@example.org")).TwoFactorEnabled);
        Assert.Equal(0, await site.InDatabaseAsync(db => db.UserTokens.CountAsync(row => row.UserId == id && row.LoginProvider != StaffSession.Provider)));
        Assert.NotEmpty(codes);
    }

    [Fact]
    public async Task Unlock_LockedColleague_MaySignInAgain()
    {
        using var admin = await site.SignInAsync("opener@example.org", StaffRoles.Admin);
        using (await site.SignInAsync("fumbler@example.org")) { }
        using var client = site.NewStaffClient();
        for (var i = 0; i < StaffMember.MostFailures; i++) using (await client.TryAsync("fumbler@example.org", "wrong every time")) { }
        using (var locked = await client.TryAsync("fumbler@example.org")) Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.StatusCode);
        Assert.Contains("Locked", Row(await admin.GetPageAsync("/staff/accounts"), "fumbler@example.org"), StringComparison.Ordinal);
        var (path, _) = await PathOfAsync("fumbler@example.org");
        using (await admin.PostFromAsync(path, path + "/unlock")) { }
        using (var open = await client.TryAsync("fumbler@example.org")) Assert.Equal("/intake", open.To());
    }

    [Fact]
    public async Task Own_AccountCannotBeShutOrReset()
    {
        using var admin = await site.SignInAsync("self@example.org", StaffRoles.Admin);
        var (path, _) = await PathOfAsync("self@example.org");
        foreach (var deed in new[] { "/disable", "/reset" })
        {
            using var answer = await admin.PostFromAsync(path, path + deed);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains("your own account", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Admins_TakeEachOthersRoleAtOnce_OneIsLeft()
    {
        await using var alone = new SiteHost();
        using var one = await alone.SignInAsync("one@example.org", StaffRoles.Admin);
        using var two = await alone.SignInAsync("two@example.org", StaffRoles.Admin);
        var (toOne, toTwo) = ($"/staff/accounts/{(await alone.AccountAsync("one@example.org")).Id}", $"/staff/accounts/{(await alone.AccountAsync("two@example.org")).Id}");
        var answers = await Task.WhenAll(one.PostFromAsync(toTwo, toTwo + "/roles", ("Roles", StaffRoles.Editor)), two.PostFromAsync(toOne, toOne + "/roles", ("Roles", StaffRoles.Editor)));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound);
        var admins = await alone.InDatabaseAsync(db => db.UserRoles.CountAsync(held => db.Roles.Any(role => role.Id == held.RoleId && role.Name == StaffRoles.Admin)));
        Assert.Equal(1, admins);

        // The one who is left cannot go either.
        var left = answers[0].StatusCode == HttpStatusCode.Redirect ? (Client: one, Path: toOne) : (Client: two, Path: toTwo);
        using var last = await left.Client.PostFromAsync(left.Path, left.Path + "/roles", ("Roles", StaffRoles.Editor));
        Assert.Equal(HttpStatusCode.Conflict, last.StatusCode);
        Assert.Contains("Nobody would be left", await last.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_SignedInLongAgo_AsksForAFreshSignIn()
    {
        using var admin = await site.SignInAsync("tired@example.org", StaffRoles.Admin);
        site.Clock!.Advance(StaffSession.Freshness);
        using (var list = await admin.GetAsync("/staff/accounts")) Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        using var answer = await admin.PostFromAsync("/staff/accounts", "/staff/accounts", ("Email", "late@example.org"), ("Roles", StaffRoles.Lead));
        Assert.Contains("again=true", answer.To(), StringComparison.Ordinal);
        Assert.False(await site.InDatabaseAsync(db => db.Users.AnyAsync(user => user.UserName == "late@example.org")));
    }

    [Theory]
    [InlineData(StaffRoles.Intake)]
    [InlineData(StaffRoles.Lead)]
    [InlineData(StaffRoles.Editor)]
    [InlineData(StaffRoles.Reviewer)]
    [InlineData(StaffRoles.Auditor)]
    public async Task Accounts_ForAnybodyElse_AreNotThere(string role)
    {
        using var staff = await site.SignInAsync($"{role}-only@example.org", role);
        var (path, _) = await PathOfAsync($"{role}-only@example.org");
        foreach (var page in new[] { "/staff/accounts", path })
        {
            using var answer = await staff.GetAsync(page);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var posted = await staff.PostFromAsync("/staff/account", path + "/roles", ("Roles", StaffRoles.Admin));
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        Assert.Equal(3, (await site.TraceAsync($"{role}-only@example.org")).Count(entry => entry.Action == AuditAction.AccessRefused));
    }

    private static string Row(AngleSharp.Dom.IDocument page, string email) => page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent.Trim() == email).TextContent;

    private async Task<(string Path, Guid Id)> PathOfAsync(string email)
    {
        var id = (await site.AccountAsync(email)).Id;
        return ($"/staff/accounts/{id}", id);
    }
}
