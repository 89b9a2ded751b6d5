using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Intake;

/// <summary>Working one request at the desk, over HTTP, by two people and a lead.</summary>
public sealed class RequestWorkTests(RequestWorkTests.Desk desk) : IClassFixture<RequestWorkTests.Desk>
{
    private static int _number = 20;

    [Fact]
    public async Task Attempt_NobodyAnswered_CountsPlansTheNextAndKeepsTheNoteSealed()
    {
        var (id, path) = await AskAsync();
        using (await desk.One.PostFromAsync(path, path + "/claim")) { }
        var page = await desk.One.GetPageAsync(path);
        var next = page.QuerySelector("#next option")!.GetAttribute("value")!;
        using (var saved = await desk.One.PostFromAsync(path, path + "/attempts", ("What", "Phone.NoVoicemail"), ("Next", next), ("Note", "Home after three heron-note")))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        var request = await ReadAsync(id);
        Assert.Equal((RequestState.Attempting, 1), (request.Status, request.Tries));
        Assert.Equal(NodaTime.Text.InstantPattern.ExtendedIso.Parse(next).Value.ToDateTimeUtc(), request.DueFrom);
        Assert.NotNull(request.FirstAttemptAt);
        Assert.Contains("Home after three heron-note", (await desk.One.GetPageAsync(path)).QuerySelector("[aria-labelledby=notes]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(-1, (await File.ReadAllBytesAsync(desk.Site.DatabaseFile)).AsSpan().IndexOf("heron-note"u8));
        Assert.Equal("Phone.NoVoicemail", await desk.Site.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.RequestId == id && entry.Action == AuditAction.ContactAttempted).Select(entry => entry.Detail).SingleAsync()));
    }

    [Fact]
    public async Task Attempt_AgainstTheRules_IsNotOfferedAndRefusedWithEverythingTyped()
    {
        var (id, path) = await AskAsync();
        using (await desk.One.PostFromAsync(path, path + "/claim")) { }
        var page = await desk.One.GetPageAsync(path);
        Assert.Empty(page.QuerySelectorAll("[value='Phone.NeutralVoicemail'], [value='Phone.Voicemail'], [value='Text.MessageSent']"));
        using var refused = await desk.One.PostFromAsync(path, path + "/attempts", ("What", "Phone.NeutralVoicemail"), ("Note", "typed in vain"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var shown = await refused.ReadAsync();
        Assert.Contains("leave no voicemail", shown.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("typed in vain", shown.QuerySelector("#attempt-note")!.TextContent);
        Assert.Equal(0, (await ReadAsync(id)).Tries);
    }

    [Theory]
    [InlineData("attempts", "What", "", "Choose what happened")]
    [InlineData("attempts", "What", "Phone.Teleported", "Choose what happened")]
    [InlineData("attempts", "What", "7.7", "Choose what happened")]
    [InlineData("notes", "Note", "  ", "Write the note")]
    [InlineData("close", "Outcome", "99", "Choose how it ended")]
    [InlineData("benefit-check", "BenefitStatus", "", "how far the check")]
    [InlineData("duplicates", "Verdict", "maybe", "Choose the other request")]
    public async Task Post_ThatCannotBeRead_IsSaidAndChangesNothing(string what, string field, string value, string message)
    {
        var (id, path) = await AskAsync();
        using (await desk.One.PostFromAsync(path, path + "/claim")) { }
        var before = (await ReadAsync(id)).RowVersion;
        using var refused = await desk.One.PostFromAsync(path, $"{path}/{what}", (field, value));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(message, (await refused.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, (await ReadAsync(id)).RowVersion);
    }

    [Fact]
    public async Task Attempt_WithoutAClaim_IsRefused()
    {
        var (id, path) = await AskAsync();
        using var refused = await desk.One.PostFromAsync(path, path + "/attempts", ("What", "Phone.Reached"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(RequestState.New, (await ReadAsync(id)).Status);
    }

    [Fact]
    public async Task AskedToStop_ClosesHidesTheNumberAndALaterRequestWaitsForALead()
    {
        var post = NewPost();
        var (id, path) = await AskAsync(post);
        using (await desk.One.PostFromAsync(path, path + "/claim")) { }
        using (await desk.One.PostFromAsync(path, path + "/attempts", ("What", "Phone.AskedToStop"))) { }
        var stopped = await ReadAsync(id);
        Assert.Equal((RequestState.Closed, RequestOutcome.Withdrawn), (stopped.Status, stopped.Outcome));
        using (var hidden = await desk.Lead.PostFromAsync(path, path + "/reveal"))
        {
            Assert.Equal(HttpStatusCode.Conflict, hidden.StatusCode);
            Assert.DoesNotContain(post.Answers["Phone"], await hidden.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var reopened = await desk.Lead.PostFromAsync(path, path + "/reopen", ("Reason", "pressed the wrong button"))) Assert.Equal(HttpStatusCode.Conflict, reopened.StatusCode);

        var (later, laterPath) = await AskAsync(NewPost().With("Phone", post.Answers["Phone"]).With("Topic", "trauma"));
        Assert.True((await ReadAsync(later)).LeadFirst);
        using (var claimed = await desk.One.PostFromAsync(laterPath, laterPath + "/claim")) Assert.Equal(HttpStatusCode.Conflict, claimed.StatusCode);
        using (var revealed = await desk.One.PostFromAsync(laterPath, laterPath + "/reveal")) Assert.Equal(HttpStatusCode.Conflict, revealed.StatusCode);
        using (var forbidden = await desk.One.PostFromAsync(laterPath, laterPath + "/let-through")) Assert.NotEqual(HttpStatusCode.OK, forbidden.StatusCode);
        Assert.True((await ReadAsync(later)).LeadFirst);
        using (await desk.Lead.PostFromAsync(laterPath, laterPath + "/let-through")) { }
        using (var now = await desk.One.PostFromAsync(laterPath, laterPath + "/claim")) Assert.Equal(HttpStatusCode.Redirect, now.StatusCode);
    }

    [Fact]
    public async Task Reopen_ByALeadWithAReason_ComesBackAndByOthersNot()
    {
        var (id, path) = await AskAsync();
        using (await desk.One.PostFromAsync(path, path + "/claim")) { }
        using (await desk.One.PostFromAsync(path, path + "/close", ("Outcome", "Unreachable"))) { }
        using (await desk.One.PostFromAsync(path, path + "/reopen", ("Reason", "mistake"))) { }
        Assert.Equal(RequestState.Closed, (await ReadAsync(id)).Status);
        using (var empty = await desk.Lead.PostFromAsync(path, path + "/reopen", ("Reason", " "))) Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using (var personal = await desk.Lead.PostFromAsync(path, path + "/reopen", ("Reason", "call (415) 555-0199 instead")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, personal.StatusCode);
            Assert.Contains("phone numbers out", (await personal.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        }

        using (await desk.Lead.PostFromAsync(path, path + "/reopen", ("Reason", "closed by mistake"))) { }
        var request = await ReadAsync(id);
        Assert.Equal((RequestState.New, null, true), (request.Status, request.Outcome, request.IsCallPlanned));
        Assert.Contains("closed by mistake", (await desk.One.GetPageAsync(path)).QuerySelector("[aria-labelledby=history]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Screening_AfterReaching_IsBookedOnTheDesksClock()
    {
        var (id, path) = await AskAsync();
        using (await desk.One.PostFromAsync(path, path + "/claim")) { }
        using (var early = await desk.One.PostFromAsync(path, path + "/screening", ("ScreeningAt", "2099-01-05T10:00"))) Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        using (await desk.One.PostFromAsync(path, path + "/attempts", ("What", "TheyCalled.Reached"))) { }
        using (await desk.One.PostFromAsync(path, path + "/screening", ("ScreeningAt", "2099-01-05T10:00"))) { }
        var request = await ReadAsync(id);
        Assert.Equal((RequestState.ScreeningBooked, new DateTime(2099, 1, 5, 18, 0, 0)), (request.Status, request.DueAt));
        Assert.Null(request.FirstAttemptAt);
    }

    [Fact]
    public async Task Duplicates_SameNumber_AreShownAndJudgedOnceForBoth()
    {
        var post = NewPost();
        var (id, path) = await AskAsync(post);
        var (other, otherPath) = await AskAsync(NewPost().With("Phone", post.Answers["Phone"]).With("Topic", "trauma"));
        Assert.Contains("same phone", (await desk.One.GetPageAsync(path)).QuerySelector("[aria-labelledby=duplicates]")!.TextContent, StringComparison.Ordinal);
        using (await desk.One.PostFromAsync(path, path + "/duplicates", ("OtherId", other.ToString()), ("Verdict", "same"))) { }
        Assert.Contains("One person.", (await desk.One.GetPageAsync(otherPath)).QuerySelector("[aria-labelledby=duplicates]")!.TextContent, StringComparison.Ordinal);
        using (await desk.One.PostFromAsync(otherPath, otherPath + "/duplicates", ("OtherId", id.ToString()), ("Verdict", "other"))) { }
        Assert.Contains("Not the same person.", (await desk.One.GetPageAsync(path)).QuerySelector("[aria-labelledby=duplicates]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await desk.Site.InDatabaseAsync(db => db.DuplicateVerdicts.CountAsync(verdict => verdict.FirstId == id || verdict.SecondId == id)));
    }

    [Fact]
    public async Task BenefitCheck_Written_IsShownAndSealed()
    {
        var (_, path) = await AskAsync();
        using (await desk.One.PostFromAsync(path, path + "/benefit-check", ("BenefitStatus", "InNetwork"), ("Insurer", "Heron Mutual Insurer"), ("Answer", "Twelve days"))) { }
        var pane = (await desk.One.GetPageAsync(path)).QuerySelector("[aria-labelledby=benefit]")!.TextContent;
        foreach (var said in new[] { "In network", "Heron Mutual Insurer", "Twelve days" }) Assert.Contains(said, pane, StringComparison.Ordinal);
        Assert.Equal(-1, (await File.ReadAllBytesAsync(desk.Site.DatabaseFile)).AsSpan().IndexOf("Heron Mutual"u8));
    }

    [Fact]
    public async Task Attempts_ByTwoInTheSameMoment_OneIsToldAndNothingIsLost()
    {
        var (id, path) = await AskAsync();
        using (await desk.One.PostFromAsync(path, path + "/claim")) { }
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => desk.One.PostFromAsync(path, path + "/attempts", ("What", "Phone.Busy"), ("Note", $"busy note {i}"))));
        var saved = answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Redirect), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Equal(saved, (await ReadAsync(id)).Tries);
        Assert.Equal(saved, await desk.Site.InDatabaseAsync(db => db.ContactAttempts.CountAsync(attempt => attempt.RequestId == id)));
        Assert.Equal(saved, await desk.Site.InDatabaseAsync(db => db.RequestNotes.CountAsync(note => note.RequestId == id)));
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Retention_ClosedLongAgo_TakesAttemptsNotesCheckAndVerdictsAlong()
    {
        var post = NewPost();
        var (id, path) = await AskAsync(post);
        var (other, _) = await AskAsync(NewPost().With("Phone", post.Answers["Phone"]).With("Topic", "trauma"));
        using (await desk.One.PostFromAsync(path, path + "/claim")) { }
        using (await desk.One.PostFromAsync(path, path + "/attempts", ("What", "Phone.Busy"), ("Note", "kept for a while"))) { }
        using (await desk.One.PostFromAsync(path, path + "/benefit-check", ("BenefitStatus", "Asked"), ("Insurer", "Heron"))) { }
        using (await desk.One.PostFromAsync(path, path + "/duplicates", ("OtherId", other.ToString()), ("Verdict", "same"))) { }
        using (await desk.One.PostFromAsync(path, path + "/close", ("Outcome", "Declined"))) { }
        await desk.Site.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"UPDATE CallbackRequests SET ClosedAt = '2020-01-01 00:00:00' WHERE Id = {id}"));
        await desk.Site.RunRetentionAsync();
        Assert.Equal(0, await desk.Site.InDatabaseAsync(async db =>
            await db.CallbackRequests.CountAsync(row => row.Id == id) + await db.ContactAttempts.CountAsync(row => row.RequestId == id) + await db.RequestNotes.CountAsync(row => row.RequestId == id)
            + await db.BenefitChecks.CountAsync(row => row.RequestId == id) + await db.DuplicateVerdicts.CountAsync(row => row.FirstId == id || row.SecondId == id)));
        Assert.True(await desk.Site.InDatabaseAsync(db => db.RetentionRuns.AnyAsync(run => run.Deleted > 0)));
    }

    /// <summary>A number of its own, so that no test's duplicates or stops are another's.</summary>
    private static CallbackPost NewPost() => new CallbackPost().With("Phone", $"415-555-01{Interlocked.Increment(ref _number):00}");

    private Task<CallbackRequest> ReadAsync(Guid id) => desk.Site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().SingleAsync(request => request.Id == id));

    private async Task<(Guid Id, string Path)> AskAsync(CallbackPost? post = null)
    {
        using var visitor = desk.Site.NewClient();
        using (var asked = await (post ?? NewPost()).SendAsync(visitor)) Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        var id = await desk.Site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Select(request => request.Id).FirstAsync());
        return (id, $"/intake/requests/{id}");
    }

    /// <summary>A site with one of the desk and a lead signed in.</summary>
    public sealed class Desk : IAsyncLifetime
    {
        public SiteHost Site { get; } = new();

        public HttpClient One { get; private set; } = null!;

        public HttpClient Lead { get; private set; } = null!;

        public async Task InitializeAsync() => (One, Lead) = (await Site.SignInAsync("one@example.org"), await Site.SignInAsync("lead@example.org", StaffRoles.Lead));

        public async Task DisposeAsync()
        {
            One.Dispose();
            Lead.Dispose();
            await Site.DisposeAsync();
        }
    }
}
