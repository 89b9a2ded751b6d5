using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.MyRequest;

/// <summary>Somebody takes their request back: what is gone, what stays, and what the desk reads.</summary>
public sealed class WithdrawTests
{
    [Fact]
    public async Task Withdraw_AskedOnceMore_DeletesEverythingPersonalAndOpensNothingAnyMore()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var code = await client.AskAsync(OwnPages.Everything());
        var page = await client.OpenAsync(code, "0147");
        var asked = await client.GetPageAsync(page + "/withdraw");
        Assert.Equal(page + "/withdraw", asked.QuerySelector("form.form")!.GetAttribute("action"));
        Assert.Equal(page, asked.QuerySelector($"article a[href='{page}']")?.GetAttribute("href"));
        using (var done = await client.SendAsync(page + "/withdraw"))
        {
            Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
            using var after = await client.GetAsync(done.Headers.Location!.ToString());
            Assert.Equal(HttpStatusCode.OK, after.StatusCode);
            Assert.True(after.Headers.CacheControl!.NoStore);
        }

        foreach (var address in new[] { page, page + "/withdraw", "/my-request/withdrawn/nonsense" })
            using (var gone = await client.GetAsync(address)) Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        using (var refused = await client.TryAsync(code, "0147")) Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        var request = await OneAsync(site);
        Assert.Equal((RequestState.Closed, RequestOutcome.Withdrawn, true), (request.Status, request.Outcome, request.IsWithdrawnOnline));
        Assert.Equal((null, null, null, null, null, null), (request.Phone, request.Email, request.Note, request.PhoneHash, request.EmailHash, request.RepeatKey));
        Assert.Equal((null, false), (request.Topic, request.ReadFirst));
        Assert.Equal(1, await site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.WithdrawnOnline && entry.RequestId == request.Id && entry.StaffId == null)));

        // Asking anew is a new request.
        Assert.NotEqual(code, await client.AskAsync(OwnPages.Everything()));
    }

    [Fact]
    public async Task Withdraw_LeavesNoSealedBytesInFileOrLog_NotesAndChecksIncluded()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using var staff = await site.SignInAsync("bytes@example.org");
        var page = await client.OpenAsync(await client.AskAsync(OwnPages.Everything().With("Note", new string('n', 499))), "0147");
        var path = $"/intake/requests/{(await OneAsync(site)).Id}";
        using (await staff.PostFromAsync(path, path + "/notes", ("Note", "Spoke with Qwertina"))) { }
        using (await staff.PostFromAsync(path, path + "/benefit-check", ("BenefitStatus", "Asked"), ("Insurer", "Qwertinsurer"), ("Answer", "nothing"))) { }
        var bytes = await site.InDatabaseAsync(async db =>
        {
            var (request, note, check) = (await db.CallbackRequests.AsNoTracking().SingleAsync(), await db.RequestNotes.AsNoTracking().SingleAsync(), await db.BenefitChecks.AsNoTracking().SingleAsync());
            return RawBytes.PartsOf(request.Name, request.Phone!, request.Email!, request.SafeContact, request.Details, request.Note!, note.Text, check.Insurer, check.Answer);
        });
        Assert.NotEmpty(await RawBytes.FilesWithAsync(site.Directory, bytes));
        using (var done = await client.SendAsync(page + "/withdraw")) Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);

        // A timer of the site may read in that moment; then retention does it, as it does every hour.
        if ((await RawBytes.FilesWithAsync(site.Directory, bytes)).Count > 0)
            await site.RunRetentionAsync();

        Assert.Empty(await RawBytes.FilesWithAsync(site.Directory, bytes));
        Assert.Equal((0, 0), await site.InDatabaseAsync(async db => (await db.RequestNotes.CountAsync(), await db.BenefitChecks.CountAsync())));
    }

    [Fact]
    public async Task Withdraw_WhileTheDeskHasThePageOpen_IsSaidThereAndNothingCanBeAdded()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using var lead = await site.SignInAsync("lead@example.org", StaffRoles.Lead);
        var code = await client.AskAsync(OwnPages.Everything());
        var page = await client.OpenAsync(code, "0147");
        var path = $"/intake/requests/{(await OneAsync(site)).Id}";
        using (var claimed = await lead.PostFromAsync(path, path + "/claim")) Assert.Equal(HttpStatusCode.Redirect, claimed.StatusCode);
        var open = (await lead.GetPageAsync(path)).QuerySelector("form[method=post]")!.QuerySelectorAll("input[type=hidden]").ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? "");
        using (var done = await client.SendAsync(page + "/withdraw")) Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);

        foreach (var (part, name, value) in new[] { ("reveal", "", ""), ("claim", "", ""), ("attempts", "What", "Phone.Busy"), ("notes", "Note", "Too late"), ("benefit-check", "BenefitStatus", "Asked"), ("close", "Outcome", "Declined"), ("reopen", "Reason", "A test") })
        {
            using var refused = await lead.PostAsync($"{path}/{part}", new FormUrlEncodedContent(open.Append(KeyValuePair.Create(name, value)).Where(field => field.Key.Length > 0)));
            Assert.True(refused.StatusCode == HttpStatusCode.Conflict, $"{part}: {refused.StatusCode}");
            Assert.Contains("withdrew this request online", (await refused.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        }

        var shown = await lead.GetPageAsync(path);
        Assert.NotNull(shown.QuerySelector("#taken-back"));
        Assert.Contains("Closed: withdrawn online", shown.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Contains("Withdrawn online by the caller", shown.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Null(shown.QuerySelector("form[action$=reveal], form[action$=notes], form[action$=reopen], form[action$=benefit-check]"));
        Assert.DoesNotContain("wertin", shown.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
        var closed = (await lead.GetPageAsync("/intake?show=closed")).DocumentElement.TextContent;
        Assert.Contains(code, closed, StringComparison.Ordinal);
        Assert.Contains("Closed: withdrawn online", closed, StringComparison.Ordinal);
        using (var figures = await lead.GetAsync("/intake/figures")) Assert.Equal(HttpStatusCode.OK, figures.StatusCode);
        Assert.Equal((0, 0), await site.InDatabaseAsync(async db => (await db.RequestNotes.CountAsync(), await db.BenefitChecks.CountAsync())));
    }

    [Fact]
    public async Task Withdraw_BeforeItsMailIsSent_ThereIsNoMail()
    {
        await using var site = new SiteHost().With("Mail:IncludeContactDetails", "true");
        using var client = site.NewClient();
        var page = await client.OpenAsync(await client.AskAsync(OwnPages.Everything()), "0147");
        Assert.NotNull(await ComposeAsync(site));
        Assert.Contains("has been sent is not reached", (await client.GetPageAsync(page + "/withdraw")).QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        using (var done = await client.SendAsync(page + "/withdraw")) Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Null(await ComposeAsync(site));
    }

    private static async Task<object?> ComposeAsync(SiteHost site)
    {
        var message = await site.InDatabaseAsync(db => db.OutboxMessages.AsNoTracking().SingleAsync(message => message.Kind == OutboxKind.RequestReceived));
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetServices<IMailWriter>().Single(writer => writer.Kinds.Contains(message.Kind)).ComposeAsync(message, CancellationToken.None);
    }

    private static Task<CallbackRequest> OneAsync(SiteHost site) => site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().SingleAsync());
}
