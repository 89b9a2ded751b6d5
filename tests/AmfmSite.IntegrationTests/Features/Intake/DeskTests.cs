using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Intake;

public sealed class DeskTests(SiteHost site) : IClassFixture<SiteHost>
{
    private const string Password = "seven quiet herons";

    [Theory]
    [InlineData("/intake")]
    [InlineData("/intake/requests/00000000-0000-0000-0000-000000000001")]
    public async Task Get_DeskSignedOut_IsSentToSignIn(string path)
    {
        using var client = site.NewClient();
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/staff/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_UsedOnce_SetsThePasswordAndNeverAgain()
    {
        var link = await InviteAsync("once@example.org", StaffRoles.Intake);
        using var client = site.NewStaffClient();
        using (var set = await PostAsync(client, link, ("Password", Password), ("PasswordAgain", Password))) Assert.Equal(HttpStatusCode.Redirect, set.StatusCode);
        using var again = await client.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
    }

    [Fact]
    public async Task Invitation_PasswordsDifferOrShort_SaysSo()
    {
        var link = await InviteAsync("slip@example.org", StaffRoles.Intake);
        using var client = site.NewStaffClient();
        using var differ = await PostAsync(client, link, ("Password", Password), ("PasswordAgain", "another one here"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, differ.StatusCode);
        Assert.Contains("differ", await differ.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var brief = await PostAsync(client, link, ("Password", "short"), ("PasswordAgain", "short"));
        Assert.Contains("at least 12 characters", await brief.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_UnknownAccountAndWrongPassword_GetTheSameAnswer()
    {
        await SignedInAsync("known@example.org");
        using var client = site.NewStaffClient();
        using var unknown = await PostAsync(client, "/staff/sign-in", ("Email", "nobody@example.org"), ("Password", "whatever it is"));
        using var wrong = await PostAsync(client, "/staff/sign-in", ("Email", "known@example.org"), ("Password", "whatever it is"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Equal(unknown.StatusCode, wrong.StatusCode);
        Assert.Equal((await unknown.ReadAsync()).QuerySelector("main")!.TextContent, (await wrong.ReadAsync()).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Walk_FromQueueToClosed_WorksAndLeavesItsTrace()
    {
        using var visitor = site.NewClient();
        using (var asked = await new CallbackPost().With("Name", "Robin Deskwalk").With("Phone", "503-555-0142").With("State", "OR").With("TimeZone", "America/Los_Angeles").With("Note", "only in writing please").SendAsync(visitor))
            Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        var request = await site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).FirstAsync());
        var shown = Reference.Show(request.Reference);
        var path = $"/intake/requests/{request.Id}";
        using var staff = await SignedInAsync("walk@example.org");

        var queue = await staff.GetStringAsync("/intake");
        Assert.Contains(shown, queue, StringComparison.Ordinal);
        foreach (var personal in new[] { "Robin Deskwalk", "555-0142", "only in writing" }) Assert.DoesNotContain(personal, queue, StringComparison.Ordinal);

        var page = await staff.GetStringAsync(path);
        Assert.Contains("No voicemail", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("555-0142", page, StringComparison.Ordinal);

        using (var revealed = await PostAsync(staff, path, path + "/reveal")) Assert.Contains("503-555-0142", await revealed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var early = await PostAsync(staff, path, path + "/close", ("Outcome", "Admitting"))) Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        using (var claimed = await PostAsync(staff, path, path + "/claim")) Assert.Equal(HttpStatusCode.Redirect, claimed.StatusCode);
        using (var other = await SignedInAsync("colleague@example.org"))
        using (var refused = await PostAsync(other, path, path + "/claim"))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("Somebody else has claimed", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var closed = await PostAsync(staff, path, path + "/close", ("Outcome", "ReferredElsewhere"))) Assert.Equal("/intake", closed.Headers.Location!.ToString());
        var after = await site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().SingleAsync(row => row.Id == request.Id));
        Assert.Equal((RequestState.Closed, RequestOutcome.ReferredElsewhere, null), (after.Status, after.Outcome, after.RepeatKey));
        var trace = await site.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.RequestId == request.Id).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
        Assert.Equal(AuditAction.RequestReceived, trace[0]);
        Assert.Equal([AuditAction.NumberRevealed, AuditAction.RequestClaimed, AuditAction.RequestClosed], trace.Where(action => action is AuditAction.NumberRevealed or AuditAction.RequestClaimed or AuditAction.RequestClosed));
    }

    [Fact]
    public async Task Claim_ByTwoAtOnce_OneWinsAndTheOtherIsToldSo()
    {
        using var visitor = site.NewClient();
        using (await new CallbackPost().SendAsync(visitor)) { }
        var id = await site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Select(request => request.Id).FirstAsync());
        var path = $"/intake/requests/{id}";
        using var one = await SignedInAsync("first@example.org");
        using var two = await SignedInAsync("second@example.org");
        await one.GetStringAsync(path);
        await two.GetStringAsync(path);
        var answers = await Task.WhenAll(PostAsync(one, path, path + "/claim"), PostAsync(two, path, path + "/claim"));
        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task Get_RequestWhoseValuesCannotBeRead_SaysSoAndForbidsTheCall_AndTheQueueStands()
    {
        using var visitor = site.NewClient();
        using (await new CallbackPost().With("Voicemail", "yes").SendAsync(visitor)) { }
        var id = await site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Select(request => request.Id).FirstAsync());
        await site.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"UPDATE CallbackRequests SET SealedName = randomblob(120), SealedSafeContact = randomblob(120) WHERE Id = {id}"));

        using var staff = await SignedInAsync("broken@example.org");
        Assert.Contains("Cannot be read", await staff.GetStringAsync("/intake"), StringComparison.Ordinal);
        var page = (await staff.GetPageAsync($"/intake/requests/{id}")).QuerySelector(".rules")!.TextContent;
        Assert.Contains("cannot be read", page, StringComparison.Ordinal);
        Assert.Contains("Do not call; tell a lead", page, StringComparison.Ordinal);
        Assert.Contains("No voicemail", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_DeskWithoutAntiforgery_IsRefused()
    {
        using var staff = await SignedInAsync("forged@example.org");
        using var answer = await staff.PostAsync("/intake/requests/00000000-0000-0000-0000-000000000001/claim", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Get_RequestThatIsNot_Is404AndTraced()
    {
        using var staff = await SignedInAsync("curious@example.org");
        var id = Guid.NewGuid();
        using var answer = await staff.GetAsync($"/intake/requests/{id}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.True(await site.InDatabaseAsync(db => db.AuditEntries.AnyAsync(entry => entry.RequestId == id && entry.Action == AuditAction.RequestNotFound)));
    }

    [Fact]
    public async Task Get_DeskAsEditor_IsNotShown()
    {
        using var editor = await SignedInAsync("editor@example.org", StaffRoles.Editor);
        using var answer = await editor.GetAsync("/intake");
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_DisabledAccount_IsRefused()
    {
        using var staff = await SignedInAsync("leaver@example.org");
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            var user = (await users.FindByEmailAsync("leaver@example.org"))!;
            user.Disable(DateTime.UnixEpoch);
            await users.UpdateSecurityStampAsync(user);
        }

        using var client = site.NewStaffClient();
        using var answer = await PostAsync(client, "/staff/sign-in", ("Email", "leaver@example.org"), ("Password", Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    private async Task<HttpClient> SignedInAsync(string email, string role = StaffRoles.Intake)
    {
        var client = site.NewStaffClient();
        using (await PostAsync(client, await InviteAsync(email, role), ("Password", Password), ("PasswordAgain", Password))) { }
        using var answer = await PostAsync(client, "/staff/sign-in", ("Email", email), ("Password", Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    private async Task<string> InviteAsync(string email, string role)
    {
        _ = site.Address;
        await using var scope = site.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
        var user = new StaffMember { Id = Guid.NewGuid(), UserName = email, Email = email };
        Assert.True((await users.CreateAsync(user)).Succeeded);
        Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        return $"/staff/invitation?who={user.Id}&token={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(user))}";
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string formPath, params (string Name, string Value)[] answers) =>
        PostAsync(client, formPath, formPath.Split('?')[0], answers);

    /// <summary>Posts as a browser does: with the hidden fields of the page the form stands on.</summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string formPath, string action, params (string Name, string Value)[] answers)
    {
        var page = await client.GetPageAsync(formPath);
        var form = page.QuerySelector($"form[action='{action}'], form[action='{formPath}']") ?? page.QuerySelector("form[method=post]")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? "");
        foreach (var (name, value) in answers) fields[name] = value;
        return await client.PostAsync(action, new FormUrlEncodedContent(fields));
    }
}
