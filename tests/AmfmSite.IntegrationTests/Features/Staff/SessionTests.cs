using System.Net;
using System.Text.Json;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Staff;

/// <summary>How long a sign-in lasts, and what ends it.</summary>
public sealed class SessionTests(ClockedHost site) : IClassFixture<ClockedHost>
{
    [Fact]
    public async Task Idle_HalfAnHourWithoutAnAction_Locks_AndWhatAPageFetchesByItselfIsNoAction()
    {
        using var staff = await site.SignInAsync("idle@example.org");
        for (var i = 0; i < 3; i++)
        {
            site.Clock!.Advance(TimeSpan.FromMinutes(29));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(staff, "/intake"));
        }

        // A list that keeps itself up to date, and the module that asks how long is left.
        for (var i = 0; i < 6; i++)
        {
            site.Clock!.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(staff, "/intake", "cors"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(staff, "/staff/session"));
        }

        site.Clock!.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(staff, "/staff/session", "cors"));
        using var locked = await staff.GetAsync("/intake");
        Assert.Contains("/staff/sign-in?ReturnUrl=%2Fintake", locked.To(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Idle_SomebodyTypes_DoesNotLock()
    {
        using var staff = await site.SignInAsync("typing@example.org");
        for (var i = 0; i < 3; i++)
        {
            site.Clock!.Advance(TimeSpan.FromMinutes(29));
            using var answer = await staff.PostAsync("/staff/session", await FormOfAsync(staff, "/staff/sign-out"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(StaffSession.Idle.TotalSeconds, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("seconds").GetInt32());
        }
    }

    [Fact]
    public async Task Busy_TwelveHours_LocksAllTheSame()
    {
        using var staff = await site.SignInAsync("busy@example.org");
        var until = site.Clock!.GetUtcNow() + StaffSession.Longest;
        while (site.Clock.GetUtcNow() + TimeSpan.FromMinutes(20) < until)
        {
            site.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(staff, "/intake"));
        }

        site.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(staff, "/intake"));
    }

    [Fact]
    public async Task Page_OfTheDesk_SaysWhenItLocksAndLeavesWithoutAScript()
    {
        using var staff = await site.SignInAsync("page@example.org");
        var page = await staff.GetPageAsync("/intake?show=closed");
        var shown = page.QuerySelector(".locks")!;
        Assert.Equal(site.Clock!.GetUtcNow().Add(StaffSession.Idle).UtcDateTime.ToString("HH:mm") + " UTC", shown.QuerySelector("time")!.TextContent);
        Assert.Equal($"{StaffSession.Idle.TotalSeconds}", shown.GetAttribute("data-seconds"));
        Assert.Contains("url=/staff/locked?returnUrl=%2Fintake%3Fshow%3Dclosed", page.QuerySelector("noscript")!.InnerHtml.Replace("&amp;", "&", StringComparison.Ordinal), StringComparison.Ordinal);

        var locked = await staff.GetPageAsync("/staff/locked?returnUrl=%2Fintake%3Fshow%3Dclosed");
        Assert.Equal("/intake?show=closed", locked.QuerySelector("main a")!.GetAttribute("href"));
        Assert.DoesNotContain("page@example.org", locked.DocumentElement.TextContent, StringComparison.Ordinal);
        var elsewhere = await staff.GetPageAsync("/staff/locked?returnUrl=https://elsewhere.example.org/");
        Assert.Equal("/intake", elsewhere.QuerySelector("main a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task SignOutEverywhere_EndsEverySession()
    {
        using var one = await site.SignInAsync("everywhere@example.org");
        using var two = site.NewStaffClient();
        using (await two.TryAsync("everywhere@example.org")) { }
        Assert.Contains("In 2 places", (await two.GetPageAsync("/staff/account")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using (var left = await one.PostFromAsync("/staff/account", "/staff/account/sign-out-everywhere"))
        {
            Assert.Equal("/staff/sign-in", left.To());
            Assert.True(left.Headers.Contains("Clear-Site-Data"));
        }

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(two, "/intake"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(one, "/intake"));
        Assert.Contains(await site.TraceAsync("everywhere@example.org"), entry => entry.Action == AuditAction.SignedOutEverywhere);
    }

    [Fact]
    public async Task Account_DisabledByCommand_IsOutAtTheNextStep()
    {
        using var staff = await site.SignInAsync("leaver@example.org");
        var (exit, _, talk) = await SiteProcess.RunAsync(
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Directory"] = site.Directory },
            "staff", "disable", "--email", "leaver@example.org");
        Assert.True(exit == 0, talk);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(staff, "/intake"));
    }

    [Fact]
    public async Task Role_Taken_CountsAtTheNextStep_AndTheAttemptIsAudited()
    {
        using var staff = await site.SignInAsync("demoted@example.org");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(staff, "/intake"));
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            var user = (await users.FindByEmailAsync("demoted@example.org"))!;
            var session = user.SecurityStamp;
            Assert.True((await users.RemoveFromRoleAsync(user, StaffRoles.Intake)).Succeeded);
            Assert.Equal(session, user.SecurityStamp);
        }

        var id = Guid.NewGuid();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(staff, $"/intake/requests/{id}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(staff, "/staff/account"));
        Assert.Contains(await site.TraceAsync("demoted@example.org"), entry => entry.Action == AuditAction.AccessRefused && entry.RequestId == id && entry.Detail == "GET intake/requests/{id:guid}");
    }

    [Fact]
    public async Task Fresh_SignedInLongAgo_AsksOnceMoreAndLeadsBack()
    {
        using var staff = await site.SignInAsync("stale@example.org");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(staff, "/staff/account/authenticator"));
        site.Clock!.Advance(StaffSession.Freshness);
        using (var asked = await staff.GetAsync("/staff/account/authenticator"))
            Assert.Equal("/staff/sign-in?ReturnUrl=%2Fstaff%2Faccount%2Fauthenticator&again=true", asked.To());

        // A form leads back to the page it stands on, never to its own address.
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/staff/account/recovery-codes") { Content = await FormOfAsync(staff, "/staff/account/sign-out-everywhere", "/staff/account") })
        {
            request.Headers.Referrer = new Uri(site.Address, "/staff/account?some=thing");
            using var posted = await staff.SendAsync(request);
            Assert.Equal("/staff/sign-in?ReturnUrl=%2Fstaff%2Faccount%3Fsome%3Dthing&again=true", posted.To());
        }

        var page = await staff.GetPageAsync("/staff/sign-in?ReturnUrl=%2Fstaff%2Faccount%2Fauthenticator&again=true");
        Assert.Equal("stale@example.org", page.QuerySelector("[name=Email]")!.GetAttribute("value"));
        using (var again = await staff.TryAsync("stale@example.org", returnUrl: "/staff/account/authenticator")) Assert.Equal("/staff/account/authenticator", again.To());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(staff, "/staff/account/authenticator"));
        Assert.Contains("Only here", (await staff.GetPageAsync("/staff/account")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, string? fetchMode = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (fetchMode is not null) request.Headers.Add("Sec-Fetch-Mode", fetchMode);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<FormUrlEncodedContent> FormOfAsync(HttpClient client, string action, string page = "/intake")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Add("Sec-Fetch-Mode", "cors");
        using var answer = await client.SendAsync(request);
        var token = (await answer.ReadAsync()).QuerySelector($"form[action='{action}'] [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return new(new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
    }
}
