using AmfmSite.Features.Staff;

namespace AmfmSite.BrowserTests;

/// <summary>Passkeys with Chromium's own authenticator, from the invitation to the removal.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class PasskeyTests(BrowserSite browser)
{
    [Fact]
    public async Task Passkey_MadeFromAnInvitationByKeyboard_IsAWholeSignIn()
    {
        await using var site = new KeySite(browser);
        await using var visit = await site.VisitAsync();
        var link = await site.InviteAsync("key@example.org", StaffRoles.Intake);
        await visit.OpenAsync(link);
        var page = visit.Page;
        await Authenticator.PlugInAsync(page);
        await TabToAsync(page, "Make a passkey");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/staff/sign-in?set=passkey");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your passkey is saved");

        await TabToAsync(page, "Sign in with a passkey");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/intake");
        Assert.Equal([(AuditAction.PasskeyAdded, "by invitation"), (AuditAction.SignedIn, "passkey")], (await site.TraceAsync("key@example.org")).Take(2));
        Assert.Empty(visit.Complaints);
        Assert.Empty(visit.Elsewhere);

        // The link has done its work.
        var again = await visit.OpenAsync(link);
        Assert.Equal(410, again.Status);
    }

    [Fact]
    public async Task SignIn_NobodyIsRecognised_IsToldInWordsAndOpensNothing()
    {
        await using var site = new KeySite(browser);
        await using var visit = await site.VisitAsync();
        var page = await EnterAsync(site, visit, "unseen@example.org");
        var device = await Authenticator.PlugInAsync(page);
        await visit.OpenAsync("/staff/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.ArriveAsync("**/staff/sign-in");

        await device.RecogniseAsync(somebody: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing happened");
        await visit.OpenAsync("/intake");
        Assert.Equal("/staff/sign-in", new Uri(page.Url).AbsolutePath);

        await device.RecogniseAsync(somebody: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.ArriveAsync("**/intake");
    }

    [Fact]
    public async Task Passkey_WithoutUserVerification_IsRefusedByTheServer()
    {
        await using var site = new KeySite(browser);
        await using var visit = await site.VisitAsync();
        var page = await EnterAsync(site, visit, "unverified@example.org");
        await Authenticator.PlugInAsync(page, verifies: false);

        // A page that was tampered with asks the device for less than the server did.
        await page.AddInitScriptAsync(
            """
            const passkeys = window.PublicKeyCredential, create = passkeys?.parseCreationOptionsFromJSON;
            if (create) passkeys.parseCreationOptionsFromJSON = options => {
              options.authenticatorSelection.userVerification = 'discouraged';
              return create.call(passkeys, options);
            };
            """);
        await visit.OpenAsync("/staff/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("It has to ask for your fingerprint, face or PIN");
        Assert.DoesNotContain(await site.TraceAsync("unverified@example.org"), entry => entry.Action == AuditAction.PasskeyAdded);
    }

    [Fact]
    public async Task Passkeys_OfOnesOwn_AreNamedAndRemoved_ButNeverTheLastWayIn()
    {
        await using var site = new KeySite(browser);
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync(await site.InviteAsync("owner@example.org", StaffRoles.Lead));
        var page = visit.Page;
        var device = await Authenticator.PlugInAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey" }).ClickAsync();
        await page.ArriveAsync("**/staff/sign-in?set=passkey");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.ArriveAsync("**/intake");

        await visit.OpenAsync("/staff/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add another passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-passkey-problem]")).ToContainTextAsync("already holds a passkey");
        await page.Locator(".ways [name=Name]").FillAsync("<b>Blue key</b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ways [name=Name]")).ToHaveValueAsync("<b>Blue key</b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("your only way in");

        // With a second device it may go; the session goes on.
        await device.UnplugAsync();
        await Authenticator.PlugInAsync(page);
        await visit.OpenAsync("/staff/account");
        await page.Locator("form[data-passkey] [name=Name]").FillAsync("Laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add another passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ways li")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".ways li")).ToHaveCountAsync(1);
        var actions = (await site.TraceAsync("owner@example.org")).Select(entry => entry.Action).ToList();
        foreach (var action in new[] { AuditAction.PasskeyAdded, AuditAction.PasskeyRenamed, AuditAction.PasskeyRemoved }) Assert.Contains(action, actions);
    }

    [Fact]
    public async Task SignIn_WithoutScript_ShowsNoPasskeyButtonAndWorksWithThePassword()
    {
        await using var site = new KeySite(browser);
        await using var visit = await site.VisitAsync(script: false);
        var page = await EnterAsync(site, visit, "plain@example.org");
        await visit.OpenAsync("/staff/sign-in");
        Assert.False(await page.Locator("form[data-passkey]").IsVisibleAsync());
        Assert.True(await page.Locator("[data-passkey-missing]").IsVisibleAsync());
        await Assertions.Expect(page.Locator(".locks")).ToContainTextAsync("UTC");
    }

    [Fact]
    public async Task Desk_LeftAlone_LocksByItselfAndShowsNothing()
    {
        await using var site = new KeySite(browser);
        await using var visit = await site.VisitAsync();
        var page = await EnterAsync(site, visit, "away@example.org");
        await page.Clock.InstallAsync();
        await visit.OpenAsync("/staff/account");
        await Assertions.Expect(page.Locator(".locks")).ToHaveTextAsync("locks in 30 min");
        await page.Clock.FastForwardAsync("20:00");
        await Assertions.Expect(page.Locator(".locks")).ToHaveTextAsync("locks in 10 min");

        // Meanwhile somebody went on in another window: what the server says counts.
        site.Host.Clock!.Advance(TimeSpan.FromMinutes(20));
        var other = await visit.Context.NewPageAsync();
        await other.GotoAsync("/intake");
        await page.Clock.FastForwardAsync("09:00");
        await Assertions.Expect(page.Locator(".locks")).ToHaveTextAsync("locks in 30 min");

        // Nobody else did: two minutes before it says so, and one press is enough.
        var stay = page.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" });
        await Assertions.Expect(stay).ToBeHiddenAsync();
        site.Host.Clock!.Advance(TimeSpan.FromMinutes(28.5));
        await page.Clock.FastForwardAsync("28:30");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The desk locks in two minutes");
        await stay.ClickAsync();
        await Assertions.Expect(page.Locator(".locks")).ToHaveTextAsync("locks in 30 min");
        await Assertions.Expect(stay).ToBeHiddenAsync();

        site.Host.Clock!.Advance(TimeSpan.FromMinutes(31));
        await page.Clock.FastForwardAsync("31:00");
        await page.ArriveAsync("**/staff/locked?returnUrl=%2Fstaff%2Faccount");
        Assert.DoesNotContain("away@example.org", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Go on where you were" }).ClickAsync();
        await page.ArriveAsync("**/staff/sign-in?ReturnUrl=%2Fstaff%2Faccount");
    }

    private static async Task<IPage> EnterAsync(KeySite site, Visit visit, string email)
    {
        await visit.OpenAsync(await site.InviteAsync(email, StaffRoles.Intake));
        var page = visit.Page;
        await page.Locator("[name=Password]").FillAsync(StaffDesk.Password);
        await page.Locator("[name=PasswordAgain]").FillAsync(StaffDesk.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await page.ArriveAsync("**/staff/sign-in");
        await page.Locator("form [name=Email]").FillAsync(email);
        await page.Locator("form [name=Password]").FillAsync(StaffDesk.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.ArriveAsync("**/intake");
        return page;
    }

    private static async Task TabToAsync(IPage page, string button)
    {
        for (var presses = 0; presses < 30; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if ((await page.EvaluateAsync<string>("document.activeElement.value || document.activeElement.textContent")).Trim() != button) continue;
            var (name, trouble) = await Focus.OnAsync(page);
            Assert.True(trouble.Length == 0, $"{name}: {trouble}");
            return;
        }

        Assert.Fail($"30 presses of Tab do not reach {button}.");
    }
}
