using System.Net;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.Staff;

/// <summary>Outside Development: a password alone opens nothing.</summary>
public sealed class ProductionSignInTests(ProductionHost site) : IClassFixture<ProductionHost>
{
    [Fact]
    public async Task SignIn_PasswordWithoutApp_IsLedToSetOneUpAndReachesNothingElse()
    {
        var client = site.NewProxiedClient();
        using (await client.PostFromAsync(await site.InviteAsync("first@example.org", StaffRoles.Intake, StaffRoles.Admin), "/staff/invitation", ("Password", StaffDesk.Password), ("PasswordAgain", StaffDesk.Password))) { }
        using (var password = await client.TryAsync("first@example.org")) Assert.Equal(HttpStatusCode.Redirect, password.StatusCode);
        foreach (var path in new[] { "/intake", "/staff", "/staff/account", "/staff/accounts", "/staff/account/password", $"/intake/requests/{Guid.NewGuid()}" })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal("/staff/account/authenticator", answer.To());
        }

        var page = await client.GetPageAsync("/staff/account/authenticator");
        Assert.Empty(page.QuerySelectorAll("header nav a"));
        await AuthenticatorApp.SetUpAsync(client);
        foreach (var path in new[] { "/intake", "/staff/account", "/staff/accounts" })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Cookies_OfStaff_AreSecureHostOnlyAndNotForScripts()
    {
        using var client = site.NewProxiedClient();
        using (await client.PostFromAsync(await site.InviteAsync("cookies@example.org", StaffRoles.Intake), "/staff/invitation", ("Password", StaffDesk.Password), ("PasswordAgain", StaffDesk.Password))) { }
        using var answer = await client.TryAsync("cookies@example.org");
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), set => set.Contains("amfm-staff", StringComparison.Ordinal));
        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        foreach (var rule in new[] { "secure", "httponly", "samesite=lax", "path=/" }) Assert.Contains(rule, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task SignOut_CopyOfTheCookie_OpensNothingAnyMore()
    {
        var jar = new PlainJar();
        using var client = site.NewProxiedClient(jar);
        await client.EnterAsync(await site.InviteAsync("copied@example.org", StaffRoles.Intake), "copied@example.org");
        using var thief = site.NewProxiedClient(jar.Copy());
        using (var open = await thief.GetAsync("/intake")) Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        using (var leaves = await client.PostFromAsync("/intake", "/staff/sign-out"))
        {
            Assert.Contains("\"cache\"", leaves.Headers.GetValues("Clear-Site-Data").Single(), StringComparison.Ordinal);
        }

        using var shut = await thief.GetAsync("/intake");
        Assert.Contains("/staff/sign-in", shut.To(), StringComparison.Ordinal);
    }
}
