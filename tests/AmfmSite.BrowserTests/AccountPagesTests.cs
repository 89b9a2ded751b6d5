using System.Globalization;
using AmfmSite.Features.Staff;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.BrowserTests;

/// <summary>How the pages around signing in and accounts look and read: axe, two schemes, two widths. Pictures where SHOTS names a directory.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class AccountPagesTests(BrowserSite browser)
{
    private readonly List<string> _found = [];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Read_PagesOfAccounts_AxeFindsNothingAndNothingSticksOut(ColorScheme scheme)
    {
        await using var site = new KeySite(browser);
        await using var visit = await site.VisitAsync(1280, scheme);
        await visit.OpenAsync(await site.InviteAsync("robin.redbreast@example.org", StaffRoles.Admin, StaffRoles.Intake));
        var page = visit.Page;
        await Authenticator.PlugInAsync(page);
        await CheckAsync("invitation");
        await page.Locator("[name=Password]").FillAsync("short");
        await page.Locator("[name=PasswordAgain]").FillAsync("short");
        await PressAsync("Set the password");
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("invitation refused");
        await page.Locator("[name=Password]").FillAsync(StaffDesk.Password);
        await page.Locator("[name=PasswordAgain]").FillAsync(StaffDesk.Password);
        await PressAsync("Set the password");
        await page.ArriveAsync("**/staff/sign-in");
        await CheckAsync("sign-in");
        await page.Locator("form [name=Email]").FillAsync("robin.redbreast@example.org");
        await page.Locator("form [name=Password]").FillAsync(StaffDesk.Password);
        await PressAsync("Sign in");
        await page.ArriveAsync("**/intake");

        await visit.OpenAsync("/staff/account");
        await CheckAsync("account, new");
        await visit.OpenAsync("/staff/account/authenticator");
        await CheckAsync("authenticator");
        await page.Locator("[name=Code]").FillAsync("12345");
        await PressAsync("Use this app");
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("authenticator refused");
        var app = new AuthenticatorApp(await page.Locator("code.secret").InnerTextAsync(), site.Host.Clock);
        await page.Locator("[name=Code]").FillAsync(app.Code());
        await PressAsync("Use this app");
        await page.Locator(".codes").WaitForAsync();
        await CheckAsync("recovery codes");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.False(await page.Locator(".unprinted").IsVisibleAsync());
        Assert.False(await page.Locator(".bar .end").IsVisibleAsync());
        await ShootAsync("recovery codes printed", 800);
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await visit.OpenAsync("/staff/account");
        await page.Locator("form[data-passkey] [name=Name]").FillAsync("Blue key ring");
        await PressAsync("Make a passkey");
        await page.Locator(".ways li").WaitForAsync();
        await CheckAsync("account");
        await visit.OpenAsync("/staff/account/password");
        await CheckAsync("password");

        await site.InviteAsync("wren@example.org", StaffRoles.Lead);
        await site.InviteAsync("a.very.long.name.for.an.account.of.somebody@quite-a-long-department.example.org", StaffRoles.Editor, StaffRoles.Reviewer, StaffRoles.Auditor);
        await site.Host.InDatabaseAsync(db => db.Users.Where(user => user.UserName == "wren@example.org").ExecuteUpdateAsync(row => row
            .SetProperty(user => user.LockoutEnd, site.Host.Clock!.GetUtcNow().AddMinutes(5)).SetProperty(user => user.PasswordHash, "none that fits")));
        await visit.OpenAsync("/staff/accounts");
        await CheckAsync("accounts");
        await PressAsync("Make the account and show its link");
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("accounts refused");
        await page.Locator("[name=Email]").FillAsync("owl@example.org");
        await page.Locator("[name=Roles][value=auditor]").CheckAsync();
        await PressAsync("Make the account and show its link");
        await page.Locator(".secret.link").WaitForAsync();
        await CheckAsync("account link");
        await visit.OpenAsync("/staff/accounts");
        await page.GetByRole(AriaRole.Link, new() { Name = "wren@example.org" }).ClickAsync();
        await page.ArriveAsync("**/staff/accounts/*");
        await CheckAsync("one account");
        await visit.OpenAsync("/staff/accounts");
        await page.Locator(".q").GetByRole(AriaRole.Link, new() { Name = "robin.redbreast@example.org" }).ClickAsync();
        await page.ArriveAsync("**/staff/accounts/*");
        await page.Locator("[name=Roles][value=admin]").UncheckAsync();
        await PressAsync("Set the roles");
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("own account refused");

        site.Host.Clock!.Advance(StaffSession.Freshness);
        await visit.OpenAsync("/staff/account/password");
        await CheckAsync("sign-in once more");
        await page.Locator("form [name=Password]").FillAsync(StaffDesk.Password);
        await PressAsync("Sign in");
        await page.ArriveAsync("**/staff/second-factor*");
        await CheckAsync("second factor");
        await page.Locator("[name=Code]").FillAsync("000000");
        await PressAsync("Sign in");
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("second factor refused");
        await visit.OpenAsync("/staff/locked?returnUrl=/intake");
        await CheckAsync("locked");
        Findings.None(_found);
        Assert.Empty(visit.Elsewhere);

        async Task PressAsync(string name) => await page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

        async Task CheckAsync(string name)
        {
            _found.AddRange(await page.AxeFindsAsync(name));
            foreach (var width in new[] { 390, 1440 })
            {
                await ShootAsync(name, width);
                foreach (var stray in await page.SticksOutAsync()) _found.Add($"{name} at {width}: {stray} sticks out");
                foreach (var clash in await page.CollidesAsync()) _found.Add($"{name} at {width}: {clash}");
            }
        }

        async Task ShootAsync(string name, int width)
        {
            await page.SetViewportSizeAsync(width, width < 700 ? 844 : 900);
            if (ShotsFactAttribute.Directory is not { } directory) return;
            await page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{name.Replace(' ', '-')}-{width}-{scheme.ToString().ToLowerInvariant()}.png")) });
        }
    }
}
