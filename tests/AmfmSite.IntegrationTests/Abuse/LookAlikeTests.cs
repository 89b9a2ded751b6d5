using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.MyRequest;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>Letters that look like others, or that are not seen at all and turn what stands around them.</summary>
public sealed class LookAlikeTests(SiteHost site) : IClassFixture<SiteHost>
{
    /// <summary>"desk@example.org" with a Cyrillic е, full width, a long s, a soft hyphen, a zero-width space, a direction mark, another at sign, and so on.</summary>
    private static readonly string[] OtherDesks =
    [
        "dеsk@example.org", "ｄｅｓｋ@example.org", "deſk@example.org", "de\u00adsk@example.org", "desk\u200b@example.org", "desk@example.org\u202c", "desk＠example.org", "desk@exampłe.org", "desk@еxample.org", "desk@example。org", "\u202eksed@example.org",
    ];

    [Fact]
    public async Task Account_OfANameThatLooksLikeAnothers_CannotBeMadeAndOpensNothing()
    {
        await using var own = new SiteHost();
        using (await own.SignInAsync("desk@example.org")) { }
        using var admin = await own.SignInAsync("admin@example.org", StaffRoles.Admin);
        using var client = own.NewStaffClient();
        foreach (var lookAlike in OtherDesks)
        {
            using (var invited = await admin.PostFromAsync("/staff/accounts", "/staff/accounts", ("Email", lookAlike), ("Roles", StaffRoles.Intake))) Assert.True(invited.StatusCode == HttpStatusCode.UnprocessableEntity, lookAlike);
            await using var scope = own.Services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            Assert.False((await users.CreateAsync(new StaffMember { Id = Guid.NewGuid(), UserName = lookAlike, Email = lookAlike })).Succeeded, lookAlike);

            // The long s is a spelling of s to Unicode's own rules of case: then it is the same account and asks for the same password.
            using var tried = await client.TryAsync(lookAlike, "not the password");
            Assert.True(tried.StatusCode == HttpStatusCode.UnprocessableEntity, lookAlike);
            await own.InDatabaseAsync(db => db.Users.ExecuteUpdateAsync(row => row.SetProperty(user => user.AccessFailedCount, 0)));
            if (lookAlike == "deſk@example.org") continue;
            using var opened = await client.TryAsync(lookAlike);
            Assert.True(opened.StatusCode == HttpStatusCode.UnprocessableEntity, $"{lookAlike} opens the account of desk@example.org");
        }

        Assert.Equal(2, await own.InDatabaseAsync(db => db.Users.CountAsync()));
        using var right = await client.TryAsync("DESK@example.org");
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
    }

    [Theory]
    [InlineData("４１５－５５５－０１２３")]
    [InlineData("٤١٥ ٥٥٥ ٠١٢٣")]
    [InlineData("\u202a+1 (415) 555-0123\u202c")]
    [InlineData("\u2066415-555-0123\u2069")]
    [InlineData("415\u200b555\u200b0123")]
    [InlineData("\ufeff415-555-0123")]
    [InlineData("+１ 415–555‑0123")]
    public async Task Post_NumberInOtherDigitsOrCopiedWithMarksNobodySees_IsTheSameNumber(string phone)
    {
        using var client = site.NewClient();
        using var plain = await new CallbackPost().With("Phone", "415-555-0123").SendAsync(client);
        using var answer = await new CallbackPost().With("Phone", phone).SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var hashes = await site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Take(2).Select(request => request.PhoneHash).ToListAsync());
        Assert.Single(hashes.Distinct());
    }

    [Theory]
    [InlineData("𝟜𝟙𝟝-555-0123")]
    [InlineData("4l5-555-O123")]
    [InlineData("④①⑤-555-0123")]
    [InlineData("415-555-012३३")]
    public async Task Post_NumberThatOnlyLooksLikeOne_IsAskedForAgain(string phone)
    {
        using var client = site.NewClient();
        using var answer = await new CallbackPost().With("Phone", phone).SendAsync(client);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(phone, (await answer.ReadAsync()).QuerySelector("#f-phone")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Post_AddressWithLettersThatLookLikeOthers_IsAnotherPersons()
    {
        using var client = site.NewClient();
        var name = Guid.NewGuid().ToString("N");
        foreach (var email in new[] { $"roban{name}@example.org", $"rоban{name}@example.org", $"rob\u0430n{name}@example.org", $"robаn{name}@еxample.org" })
        {
            using var answer = await new CallbackPost().Without("Phone").With("Email", email).SendAsync(client);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        var hashes = await site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Take(4).Select(request => request.EmailHash).ToListAsync());
        Assert.Equal(4, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("ro\u200bbin@example.org")]
    [InlineData("\u202arobin@example.org\u202c")]
    [InlineData("robin@example.org\u200e")]
    [InlineData("\ufeffrobin@example.org")]
    public async Task Post_AddressCopiedWithMarksNobodySees_IsTheAddressWithoutThem(string email)
    {
        using var client = site.NewClient();
        using var answer = await new CallbackPost().Without("Phone").With("Email", email).SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var hash = await site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Select(request => request.EmailHash).FirstAsync());
        Assert.Equal(CallbackRequest.EmailHashOf("robin@example.org", site.Services.GetRequiredService<AmfmSite.Storage.Sealing.LookupKey>()), hash);
    }

    /// <summary>Whoever types with a Japanese or Chinese keyboard gets full-width signs; a code that is copied brings marks along.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Code_InFullWidthOrWithMarksNobodySees_OpensTheRequest(int how)
    {
        using var client = site.NewClient();
        using var asked = await new CallbackPost().SendAsync(client);
        var code = (await client.GetPageAsync(asked.Headers.Location!.ToString())).QuerySelector("strong[data-reference]")!.TextContent;
        string FullWidth(string text) => string.Concat(text.Select(sign => (char)(sign + 0xFEE0)));
        var (typed, digits) = how switch
        {
            1 => (FullWidth(code), FullWidth("0123")),
            2 => ($"\u202a{code}\u202c", "\u206601\u200b23\u2069"),
            _ => ($"\ufeff{code.ToLowerInvariant()}\u00a0", "\u00a00123"),
        };
        using var opened = await client.PostAsync("/my-request", new FormUrlEncodedContent([new("Code", typed), new("Contact", digits)]));
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
    }

    /// <summary>Marks that turn the direction of what follows would turn the desk's own words around a name.</summary>
    [Fact]
    public async Task Name_ThatTurnsTheDirectionOfText_IsShownWithoutTheMarksAndSetApart()
    {
        using var client = site.NewClient();
        using var asked = await new CallbackPost().With("Name", "Robin \u202etxet\u202c \u2067x\u2066y\u2069\u2028z").With("Note", "say \u202eon\u202c").With("OthersMayAnswer", "my \u202bmother").SendAsync(client);
        var reference = Reference.Read((await client.GetPageAsync(asked.Headers.Location!.ToString())).QuerySelector("strong[data-reference]")!.TextContent);
        var id = await site.InDatabaseAsync(db => db.CallbackRequests.Where(request => request.Reference == reference).Select(request => request.Id).SingleAsync());
        using var staff = await site.SignInAsync($"bidi-{Guid.NewGuid():N}@example.org");
        using var revealed = await staff.PostFromAsync($"/intake/requests/{id}", $"/intake/requests/{id}/reveal");
        var page = await revealed.ReadAsync();
        var text = page.Body!.TextContent;
        Assert.Contains("Robin txet xy z", text, StringComparison.Ordinal);
        Assert.Contains("say on", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, sign => sign is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028');
        var names = page.QuerySelectorAll("bdi").Select(part => part.TextContent).ToList();
        Assert.True(names.Count(name => name == "Robin txet xy z") >= 2, string.Join(" | ", names));
    }

    [Theory]
    [InlineData("محمد علي")]
    [InlineData("שרה לוי")]
    [InlineData("نیک‌زاد")]
    [InlineData("क्‍ष")]
    [InlineData("👩🏽‍🚀 Nova")]
    public async Task Name_OfAScriptThatNeedsUnseenJoiners_KeepsThem(string name)
    {
        using var client = site.NewClient();
        var code = await client.AskAsync(new CallbackPost().With("Name", name));
        using var staff = await site.SignInAsync($"joiners-{Guid.NewGuid():N}@example.org");
        var reference = Reference.Read(code);
        var id = await site.InDatabaseAsync(db => db.CallbackRequests.Where(request => request.Reference == reference).Select(request => request.Id).SingleAsync());
        Assert.Contains((await staff.GetPageAsync($"/intake/requests/{id}")).QuerySelectorAll("strong bdi"), shown => shown.TextContent == name);
    }
}
