using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Staff;

/// <summary>Guessing: equal answers, about equal work, and limits.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task Refused_WhateverTheReason_GetsTheSameAnswerForAboutTheSameWork()
    {
        await using var site = new ClockedHost();
        using (await site.SignInAsync("known@example.org")) { }
        using (await site.SignInAsync("locked@example.org")) { }
        using (await site.SignInAsync("shut@example.org")) { }
        await site.InviteAsync("invited@example.org", StaffRoles.Intake);
        await site.InDatabaseAsync(db => db.Users.Where(user => user.UserName == "locked@example.org").ExecuteUpdateAsync(row => row.SetProperty(user => user.LockoutEnd, site.Clock!.GetUtcNow().AddMinutes(5))));
        await site.InDatabaseAsync(db => db.Users.Where(user => user.UserName == "shut@example.org").ExecuteUpdateAsync(row => row.SetProperty(user => user.DisabledAt, DateTime.UnixEpoch)));

        (string Email, string Password)[] tries =
        [
            ("known@example.org", "not the password"), ("nobody@example.org", StaffDesk.Password), ("locked@example.org", StaffDesk.Password),
            ("shut@example.org", StaffDesk.Password), ("invited@example.org", StaffDesk.Password), ("", ""),
        ];
        var (texts, times) = (new HashSet<string>(), new Dictionary<string, double>());
        using var client = site.NewStaffClient();
        var page = await client.GetPageAsync("/staff/sign-in");
        var token = page.QuerySelector("form[action='/staff/sign-in'] [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var (email, password) in tries)
        {
            var took = new List<double>();
            for (var round = 0; round < 3; round++)
            {
                await site.InDatabaseAsync(db => db.Users.Where(user => user.UserName == "known@example.org").ExecuteUpdateAsync(row => row.SetProperty(user => user.AccessFailedCount, 0)));
                var watch = Stopwatch.StartNew();
                using var answer = await client.PostAsync("/staff/sign-in", new FormUrlEncodedContent(new Dictionary<string, string> { ["Email"] = email, ["Password"] = password, ["__RequestVerificationToken"] = token }));
                took.Add(watch.Elapsed.TotalMilliseconds);
                Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
                texts.Add((await answer.ReadAsync()).QuerySelector("main")!.TextContent);
            }

            times[email] = took.Min();
        }

        Assert.Single(texts);

        // A hash of so many rounds takes far longer than all else; without it an answer would be many times faster.
        Assert.True(times.Values.Max() < times.Values.Min() * 3, string.Join(", ", times.Select(time => $"{time.Key} {time.Value:0} ms")));
        Assert.Equal(3, (await site.TraceAsync("shut@example.org")).Count(entry => entry is { Action: AuditAction.SignInRefused, Detail: "password" }));
    }

    [Fact]
    public async Task Password_Stored_IsHashedInAsManyRoundsAsIsAdvised()
    {
        await using var site = new ClockedHost();
        using (await site.SignInAsync("hashed@example.org")) { }
        var hash = Convert.FromBase64String((await site.InDatabaseAsync(db => db.Users.Where(user => user.UserName == "hashed@example.org").Select(user => user.PasswordHash).SingleAsync()))!);

        // Identity's third format: a one, then the function (2 is HMAC-SHA-512) and the rounds, four bytes each.
        Assert.Equal((1, 2u), (hash[0], BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1))));
        Assert.InRange(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)), 210_000u, 1_000_000u);
    }

    [Fact]
    public async Task Password_GuessedManyTimesAtOnce_EveryGuessCountsAndTheAccountLocks()
    {
        await using var site = new ClockedHost();
        using (await site.SignInAsync("crowd@example.org")) { }
        using var client = site.NewStaffClient();
        var page = await client.GetPageAsync("/staff/sign-in");
        var token = page.QuerySelector("form[action='/staff/sign-in'] [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var answers = await Task.WhenAll(Enumerable.Range(0, StaffMember.MostFailures).Select(guess => client.PostAsync("/staff/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Email"] = "crowd@example.org",
            ["Password"] = $"guess number {guess}",
            ["__RequestVerificationToken"] = token,
        }))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        using (var right = await client.TryAsync("crowd@example.org")) Assert.Equal(HttpStatusCode.UnprocessableEntity, right.StatusCode);
        site.Clock!.Advance(StaffMember.LockTime);
        using (var later = await client.TryAsync("crowd@example.org")) Assert.Equal("/intake", later.To());
    }

    [Fact]
    public async Task Password_GuessedBeyondTheLimitAtOnce_NoMoreThanTheLimitAreLookedAt()
    {
        await using var site = new ClockedHost();
        using (await site.SignInAsync("flood@example.org")) { }
        using var client = site.NewStaffClient();
        var page = await client.GetPageAsync("/staff/sign-in");
        var token = page.QuerySelector("form[action='/staff/sign-in'] [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await Task.WhenAll(Enumerable.Range(0, (4 * StaffMember.MostFailures) - 1).Select(async guess =>
        {
            using var answer = await client.PostAsync("/staff/sign-in", new FormUrlEncodedContent(new Dictionary<string, string> { ["Email"] = "flood@example.org", ["Password"] = $"guess number {guess}", ["__RequestVerificationToken"] = token }));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }));

        // The lock sets the count back. Whatever else was counted was looked at behind it.
        var account = await site.AccountAsync("flood@example.org");
        Assert.True(account.IsLockedAt(site.Clock!.GetUtcNow()));
        Assert.Equal(0, account.AccessFailedCount);
    }

    [Fact]
    public async Task Password_RightAtTheLastTry_OpensAndLeavesNoLock()
    {
        await using var site = new ClockedHost();
        using (await site.SignInAsync("last@example.org")) { }
        await site.InDatabaseAsync(db => db.Users.Where(user => user.UserName == "last@example.org").ExecuteUpdateAsync(row => row.SetProperty(user => user.AccessFailedCount, StaffMember.MostFailures - 1)));
        using var client = site.NewStaffClient();
        using (var right = await client.TryAsync("last@example.org")) Assert.Equal("/intake", right.To());
        var account = await site.AccountAsync("last@example.org");
        Assert.Equal((null, 0), (account.LockoutEnd, account.AccessFailedCount));
    }

    [Fact]
    public async Task Limit_OfRefusedSignIns_StopsAllFromThatAddress_AndSuccessesDoNotCount()
    {
        await using var site = new SiteHost().With("Staff:SignInsPer10Minutes", "3");
        using (await site.SignInAsync("ok@example.org")) { }
        using var client = site.NewStaffClient();
        for (var i = 0; i < 5; i++)
        {
            using var good = await client.TryAsync("ok@example.org");
            Assert.Equal(HttpStatusCode.Redirect, good.StatusCode);
        }

        for (var i = 0; i < 3; i++)
        {
            using var bad = await client.TryAsync($"guess-{i}@example.org");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);
        }

        using var over = await client.TryAsync("ok@example.org");
        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.Contains("Wait ten minutes", await over.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example.org/")]
    [InlineData("//elsewhere.example.org/")]
    [InlineData("/\\elsewhere.example.org/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ReturnUrlElsewhere_IsNotFollowed(string url)
    {
        await using var site = new SiteHost();
        using (await site.SignInAsync("back@example.org")) { }
        using var client = site.NewStaffClient();
        using var answer = await client.TryAsync("back@example.org", returnUrl: url);
        Assert.Equal("/intake", answer.To());
    }

    [Theory]
    [InlineData("password1234567")]
    [InlineData("qwertyuiop123456")]
    [InlineData("guessable-guessable")]
    [InlineData("AMFM admissions 2026!")]
    [InlineData("34567890123456")]
    public async Task Invitation_PasswordThatIsGuessedFirst_IsRefused(string password)
    {
        await using var site = new SiteHost();
        var link = await site.InviteAsync("guessable@example.org", StaffRoles.Intake);
        using var client = site.NewStaffClient();
        using var answer = await client.PostFromAsync(link, "/staff/invitation", ("Password", password), ("PasswordAgain", password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("guessed first", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_Changed_NeedsTheOldOneAndEndsOtherSessions()
    {
        await using var site = new SiteHost();
        using var staff = await site.SignInAsync("changes@example.org");
        using var other = site.NewStaffClient();
        using (await other.TryAsync("changes@example.org")) { }
        const string Path = "/staff/account/password", Next = "nine loud storks fly";
        using (var wrong = await staff.PostFromAsync(Path, Path, ("Current", "not this one here"), ("Password", Next), ("PasswordAgain", Next)))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains("This is not your password", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var changed = await staff.PostFromAsync(Path, Path, ("Current", StaffDesk.Password), ("Password", Next), ("PasswordAgain", Next))) Assert.Equal("/staff/account", changed.To());
        using (var here = await staff.GetAsync("/intake")) Assert.Equal(HttpStatusCode.OK, here.StatusCode);
        using (var ended = await other.GetAsync("/intake")) Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        using (var old = await other.TryAsync("changes@example.org")) Assert.Equal(HttpStatusCode.UnprocessableEntity, old.StatusCode);
        using (var now = await other.TryAsync("changes@example.org", Next)) Assert.Equal("/intake", now.To());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"response\":{},\"clientExtensionResults\":{}}")]
    public async Task Passkey_ThatIsNone_IsRefusedInWords(string credential)
    {
        await using var site = new SiteHost();
        using var client = site.NewStaffClient();
        using (var without = await client.PostFromAsync("/staff/sign-in", "/staff/sign-in/passkey", ("Credential", credential))) Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using (var options = await client.PostFromAsync("/staff/sign-in", "/staff/sign-in/passkey/options"))
        {
            Assert.Equal("application/json", options.Content.Headers.ContentType!.MediaType);
            var text = await options.Content.ReadAsStringAsync();
            Assert.Contains("\"userVerification\":\"required\"", text, StringComparison.Ordinal);
            Assert.Contains("\"allowCredentials\":[]", text, StringComparison.Ordinal);
        }

        using var answer = await client.PostFromAsync("/staff/sign-in", "/staff/sign-in/passkey", ("Credential", credential));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("does not open an account here", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
