using System.Net;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Staff;

/// <summary>The authenticator app and recovery codes. The site's clock is the test's, so that each code is known.</summary>
public sealed class SecondFactorTests(ClockedHost site) : IClassFixture<ClockedHost>
{
    [Fact]
    public async Task SignIn_WithAppSetUp_NeedsPasswordAndCode()
    {
        var (app, codes) = await SetUpAsync("app@example.org");
        Assert.Equal((SecondFactors.RecoveryCodes, SecondFactors.RecoveryCodes), (codes.Count, codes.Distinct().Count()));
        site.Clock!.Advance(TimeSpan.FromMinutes(1));

        using var client = site.NewStaffClient();
        using (var password = await client.TryAsync("app@example.org", returnUrl: "/intake?show=closed")) Assert.StartsWith("/staff/second-factor", password.To(), StringComparison.Ordinal);
        using (var early = await client.GetAsync("/intake")) Assert.Contains("/staff/sign-in", early.To(), StringComparison.Ordinal);
        using (var wrong = await client.GiveCodeAsync(app.Code(stepsFromNow: 20)))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains("does not open the account", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var right = await client.PostFromAsync("/staff/second-factor?returnUrl=%2Fintake%3Fshow%3Dclosed", "/staff/second-factor", ("Code", app.Code()))) Assert.Equal("/intake?show=closed", right.To());
        using (var queue = await client.GetAsync("/intake")) Assert.Equal(HttpStatusCode.OK, queue.StatusCode);
        Assert.Contains(await site.TraceAsync("app@example.org"), entry => entry is { Action: AuditAction.SignInRefused, Detail: "code" });
        Assert.Equal("password and code", (await site.TraceAsync("app@example.org"))[^2].Detail);
    }

    [Fact]
    public async Task Code_SentTwice_OpensOnce_AlsoAtOnce()
    {
        var (app, _) = await SetUpAsync("twice@example.org");

        // The code that set the app up is used up as well.
        using (var client = site.NewStaffClient())
        {
            using (await client.TryAsync("twice@example.org")) { }
            using var again = await client.GiveCodeAsync(app.Code());
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        }

        site.Clock!.Advance(TimeSpan.FromMinutes(2));
        using var one = site.NewStaffClient();
        using var two = site.NewStaffClient();
        using (await one.TryAsync("twice@example.org")) { }
        using (await two.TryAsync("twice@example.org")) { }
        var answers = await Task.WhenAll(one.GiveCodeAsync(app.Code()), two.GiveCodeAsync(app.Code()));
        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity], answers.Select(answer => answer.StatusCode).Order());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task RecoveryCode_TypedAnyhow_OpensOnce_AndNewOnesEndTheOld()
    {
        var (_, codes) = await SetUpAsync("lost-phone@example.org");
        using var client = site.NewStaffClient();
        using (await client.TryAsync("lost-phone@example.org")) { }
        using (var opened = await client.GiveCodeAsync(" " + codes[0].ToUpperInvariant().Replace('-', ' ').Replace('1', 'l').Replace('0', 'o'))) Assert.Equal("/intake", opened.To());
        Assert.Contains("9 left", (await client.GetPageAsync("/staff/account")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        using var other = site.NewStaffClient();
        using (await other.TryAsync("lost-phone@example.org")) { }
        using (var used = await other.GiveCodeAsync(codes[0])) Assert.Equal(HttpStatusCode.UnprocessableEntity, used.StatusCode);

        using var made = await client.PostFromAsync("/staff/account", "/staff/account/recovery-codes");
        var anew = (await made.ReadAsync()).QuerySelectorAll(".codes code").Select(code => code.TextContent).ToList();
        Assert.Equal(SecondFactors.RecoveryCodes, anew.Count);
        using (var old = await other.GiveCodeAsync(codes[1])) Assert.Equal(HttpStatusCode.UnprocessableEntity, old.StatusCode);
        using (var fresh = await other.GiveCodeAsync(anew[1])) Assert.Equal(HttpStatusCode.Redirect, fresh.StatusCode);
        Assert.Contains(await site.TraceAsync("lost-phone@example.org"), entry => entry.Action == AuditAction.RecoveryCodesMade);
    }

    [Fact]
    public async Task Codes_WrongFiveTimes_LockTheAccountForAQuarterOfAnHour_AndARightPasswordDoesNotUnlock()
    {
        var (app, codes) = await SetUpAsync("guessed@example.org");
        using var client = site.NewStaffClient();
        for (var guess = 0; guess < StaffMember.MostFailures; guess++)
        {
            // The right password in between does not start the count anew.
            using (await client.TryAsync("guessed@example.org")) { }
            using (await client.GiveCodeAsync(guess % 2 == 0 ? "000000" : "0000-0000-0000-0000-0000-0000")) { }
        }

        Assert.True((await site.AccountAsync("guessed@example.org")).IsLockedAt(site.Clock!.GetUtcNow()));
        using (var right = await client.GiveCodeAsync(codes[0])) Assert.Equal(HttpStatusCode.UnprocessableEntity, right.StatusCode);
        using (var locked = await client.TryAsync("guessed@example.org")) Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.StatusCode);
        site.Clock!.Advance(StaffMember.LockTime);
        using (var later = await client.TryAsync("guessed@example.org")) Assert.StartsWith("/staff/second-factor", later.To(), StringComparison.Ordinal);
        using (var opens = await client.GiveCodeAsync(app.Code())) Assert.Equal("/intake", opens.To());
    }

    [Fact]
    public async Task Authenticator_SetUpAnew_OldAppWorksUntilTheNewOneHasShownACode()
    {
        var (old, _) = await SetUpAsync("new-phone@example.org");
        site.Clock!.Advance(TimeSpan.FromMinutes(2));
        using var client = site.NewStaffClient();
        using (await client.TryAsync("new-phone@example.org")) { }
        using (await client.GiveCodeAsync(old.Code())) { }

        const string Path = "/staff/account/authenticator";
        var first = await client.GetPageAsync(Path);
        using (var wrong = await client.PostFromAsync(Path, Path, ("Code", "123456")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.NotNull((await wrong.ReadAsync()).QuerySelector("svg.qr path"));
        }

        site.Clock!.Advance(TimeSpan.FromMinutes(2));
        using (var elsewhere = site.NewStaffClient())
        {
            using (await elsewhere.TryAsync("new-phone@example.org")) { }
            using (var opens = await elsewhere.GiveCodeAsync(old.Code())) Assert.Equal("/intake", opens.To());
            await AuthenticatorApp.SetUpAsync(client, site.Clock!);

            // Whoever was signed in elsewhere is out.
            using var ended = await elsewhere.GetAsync("/intake");
            Assert.Contains("/staff/sign-in", ended.To(), StringComparison.Ordinal);
        }

        site.Clock!.Advance(TimeSpan.FromMinutes(2));
        using var later = site.NewStaffClient();
        using (await later.TryAsync("new-phone@example.org")) { }
        using (var refused = await later.GiveCodeAsync(old.Code())) Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.NotNull(first.QuerySelector("svg.qr path"));
    }

    [Fact]
    public async Task Authenticator_OfferOfSomebodyElse_IsNotTaken()
    {
        using var mine = await site.SignInAsync("mine@example.org");
        using var theirs = await site.SignInAsync("theirs@example.org");
        const string Path = "/staff/account/authenticator";
        var page = await theirs.GetPageAsync(Path);
        var app = new AuthenticatorApp(page.QuerySelector("code.secret")!.TextContent, site.Clock!);
        using var answer = await mine.PostFromAsync(Path, Path, ("Offer", page.QuerySelector("[name=Offer]")!.GetAttribute("value")!), ("Code", app.Code()));
        Assert.Equal(Path, answer.To());
        Assert.False((await site.AccountAsync("mine@example.org")).TwoFactorEnabled);
    }

    [Fact]
    public async Task Secrets_InTheDatabase_AreNeitherKeysNorCodes()
    {
        using var client = await site.SignInAsync("bytes@example.org");
        var (app, codes) = await AuthenticatorApp.SetUpAsync(client, site.Clock!);
        var id = (await site.AccountAsync("bytes@example.org")).Id;
        var rows = await site.InDatabaseAsync(db => db.UserTokens.AsNoTracking().Where(row => row.UserId == id).ToListAsync());
        Assert.Equal(SecondFactors.RecoveryCodes, rows.Count(row => row.LoginProvider == "recovery"));
        foreach (var code in codes) Assert.DoesNotContain(rows, row => $"{row.Name} {row.Value}".Replace("-", "", StringComparison.Ordinal).Contains(code.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal));
        var key = Convert.FromBase64String(rows.Single(row => row is { LoginProvider: "authenticator", Name: "key" }).Value!);
        Assert.True(key.Length > Totp.KeyLength * 2, "The key does not look wrapped.");
        Assert.Null(Totp.Step(key, app.Code(), site.Clock!.GetUtcNow()));
    }

    [Fact]
    public async Task Get_SecondFactorWithoutPasswordBefore_LeadsToTheBeginning()
    {
        using var client = site.NewStaffClient();
        using var answer = await client.GetAsync("/staff/second-factor");
        Assert.Equal("/staff/sign-in", answer.To());
    }

    private async Task<(AuthenticatorApp App, IReadOnlyList<string> Codes)> SetUpAsync(string email)
    {
        using var client = await site.SignInAsync(email);
        return await AuthenticatorApp.SetUpAsync(client, site.Clock!);
    }
}
