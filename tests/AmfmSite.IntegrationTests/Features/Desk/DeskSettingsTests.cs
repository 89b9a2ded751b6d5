using System.Diagnostics;
using System.Net;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Desk;

/// <summary>The desk's own page for its hours, through the front door.</summary>
public sealed class DeskSettingsTests : IDisposable
{
    private readonly SiteHost _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Show_AsIntake_CanBeReadAndNotChanged()
    {
        using var intake = await _site.SignInAsync("intake@example.org");
        var page = await intake.GetPageAsync(SettingsPost.Path);
        Assert.Contains("08:00 to 18:00", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("main form"));

        // With a token of their own, from the form to sign out.
        using var lead = await LeadAsync();
        var post = (await SettingsPost.OpenAsync(lead)).With("PerDay", "1").With("__RequestVerificationToken", page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!);
        using var refused = await post.SendAsync(intake);
        Refused(refused);
        using var alsoRefused = await DeskClient.SubmitAsync(intake, SettingsPost.Path, "/intake/desk/confirmation", ("Revision", "1"), ("Right", "yes"));
        Refused(alsoRefused);
        Assert.Equal((1, false), await StateAsync());
    }

    [Fact]
    public async Task Show_AsAnybodyElse_IsRefused()
    {
        foreach (var role in new[] { StaffRoles.Editor, StaffRoles.Reviewer, StaffRoles.Admin, StaffRoles.Auditor })
        {
            using var other = await _site.SignInAsync($"{role}@example.org", role);
            using var answer = await other.GetAsync(SettingsPost.Path);
            Refused(answer);
        }

        using var nobody = _site.NewClient();
        using var signIn = await nobody.GetAsync(SettingsPost.Path);
        Assert.StartsWith("/staff/sign-in", signIn.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_WithoutAntiforgery_IsRefused()
    {
        using var lead = await LeadAsync();
        var post = await SettingsPost.OpenAsync(lead);
        using var answer = await post.With("__RequestVerificationToken").With("PerDay", "1").SendAsync(lead);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var confirmed = await lead.PostAsync("/intake/desk/confirmation", new FormUrlEncodedContent([new("Revision", "1"), new("Right", "yes")]));
        Assert.Equal(HttpStatusCode.BadRequest, confirmed.StatusCode);
        Assert.Equal((1, false), await StateAsync());
    }

    [Fact]
    public async Task Save_ByALead_IsARevisionWithNameAndReasonThatTheSiteFollowsAndThePackDoesNotUndo()
    {
        using var lead = await LeadAsync();
        var post = await SettingsPost.OpenAsync(lead);
        using (var answer = await post
            .With("Opens[mon]", "9").With("Closes[mon]", "5:30 p.m.").With("Opens[sat]", "10 am").With("Closes[sat]", "1400")
            .With("Opens[fri]", "").With("Closes[fri]", "").With("People[mon]", "3").With("TimeZone", "America/Chicago")
            .With("Holidays", "2026-12-25").With("MoreHolidays", "7/4/2027, 2027-01-18").With("Text")
            .With("PerDay", "3").With("InAll", "7").With("Reason", "Winter hours").SendAsync(lead))
            Assert.Equal("/intake/desk?done=saved", answer.Headers.Location?.ToString());

        var desk = await ServedAsync(desk => desk.Caps.PerDay == 3);
        var page = await lead.GetPageAsync(SettingsPost.Path);
        var again = new SettingsPost();
        again.Read(page);
        Assert.Equal(("09:00", "17:30", "10:00", "14:00", "", "3"), (again.Of("Opens[mon]"), again.Of("Closes[mon]"), again.Of("Opens[sat]"), again.Of("Closes[sat]"), again.Of("Opens[fri]"), again.Of("People[mon]")));
        Assert.Equal(["2026-12-25", "2027-01-18", "2027-07-04"], again.AllOf("Holidays"));
        Assert.Equal(("America/Chicago", false, true), (desk.Hours.Zone.Id, desk.Channels.Text, desk.Channels.Voicemail));

        var history = page.QuerySelector("#history")!.ParentElement!.QuerySelector("li")!.TextContent;
        foreach (var part in new[] { "Winter hours", "lead@example.org", "Monday: 09:00 to 17:30, was 08:00 to 18:00", "Friday: closed, was", "Time zone: Central, was Pacific", "No longer closed on Thursday, November 26, 2026", "Text messages: off, was on", "People on Monday: 3, was not known" })
            Assert.Contains(part, history, StringComparison.Ordinal);

        using var pack = new PackCopy();
        pack.Change("settings.yaml", "perDay: 2", "perDay: 4");
        Assert.Equal(["settings.yaml"], (await pack.ImportAsync(_site)).Kept);
        Assert.Contains(await TraceAsync(), entry => entry.Action == AuditAction.DeskSettingsChanged && entry.StaffId is not null && entry.Detail == "desk settings 2, unconfirmed");
        using var visitor = _site.NewClient();
        Assert.Null((await visitor.GetPageAsync("/request-a-call")).QuerySelector("[name=Text]"));
    }

    [Fact]
    public async Task Save_WhatBreaksTheRules_IsShownAgainWithWordsAndEverythingTyped()
    {
        using var lead = await LeadAsync();
        var post = await SettingsPost.OpenAsync(lead);
        (string Name, string Typed, string Words)[] typed =
        [
            ("Opens[mon]", "18:00", "Monday: write when the desk opens and a later time"),
            ("Opens[tue]", "<b>noon", "Tuesday: write when the desk opens"),
            ("Opens[sat]", "9:00", "Saturday: write when the desk opens"),
            ("People[wed]", "100", "Wednesday: people at the desk are a number from 0 to 99"),
            ("TimeZone", "Mars/Olympus", "\"Mars/Olympus\" is no zone"),
            ("MoreHolidays", "Christmas", "\"Christmas\" is no date. Write it as 2026-12-25"),
            ("PerDay", "0", "Tries on one day are a number from 1 to 9"),
            ("Reason", "", "Write why you change this"),
        ];
        foreach (var (name, value, _) in typed) post.With(name, value);
        using var answer = await post.With("Voicemail").With("Holidays", "2027-01-01").SendAsync(lead);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.ReadAsync();
        var again = new SettingsPost();
        again.Read(page);
        foreach (var (name, value, words) in typed)
        {
            Assert.Equal(value, again.Of(name).Trim());
            var link = page.QuerySelectorAll(".summary a").Single(link => link.TextContent.StartsWith(words, StringComparison.Ordinal));
            Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..]));
        }

        Assert.Equal(["2027-01-01"], again.AllOf("Holidays"));
        Assert.Empty(again.AllOf("Voicemail"));
        Assert.Equal((1, false), await StateAsync());
    }

    [Fact]
    public async Task Save_OneWrongAnswer_SaysWhatToDo()
    {
        using var lead = await LeadAsync();
        foreach (var (name, value, words) in new[]
        {
            ("PerDay", "10", "Tries on one day are a number from 1 to 9"),
            ("InAll", "1", "Tries in all are a number from 2, as many as on one day, to 99"),
            ("InAll", "many", "Tries in all are a number"),
            ("Closes[mon]", "24:00", "Monday: write when"),
            ("Closes[mon]", "13 pm", "Monday: write when"),
            ("Closes[mon]", "18:00-19:00", "Monday: write when"),
            ("MoreHolidays", "2/30/2027", "\"2/30/2027\" is no date"),
            ("TimeZone", "", "\"\" is no zone"),
            ("Reason", new string('x', 301), "Write 300 characters at most"),
        })
        {
            using var answer = await (await SettingsPost.OpenAsync(lead)).With(name, value).SendAsync(lead);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(words, (await answer.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Confirm_NamesClockTimesWithinTwoSecondsAndTakingItBackEndsThem()
    {
        using var lead = await LeadAsync();
        using (var saved = await (await SettingsPost.OpenAsync(lead)).Daily("00:00", "23:59").SendAsync(lead)) Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var visitor = _site.NewClient();
        await ServedAsync(desk => desk.Hours.Week.Count == 7);
        Assert.DoesNotMatch(@"\d:\d\d [ap]\.m\.", await AskAsync(visitor));

        using (var confirmed = await DeskClient.SubmitAsync(lead, SettingsPost.Path, "/intake/desk/confirmation", ("Revision", "2"), ("Right", "yes")))
            Assert.Equal("/intake/desk?done=confirmed", confirmed.Headers.Location?.ToString());
        var waited = Stopwatch.StartNew();
        await ServedAsync(desk => desk.Confirmed);
        Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Matches(@"between \d+:\d\d [ap]\.m\. and 9:00 p\.m\., your time \(Pacific\)", await AskAsync(visitor));
        Assert.Contains(await TraceAsync(), entry => entry.Action == AuditAction.DeskHoursConfirmed && entry.Detail == "desk settings 3, confirmed");

        using (var back = await DeskClient.SubmitAsync(lead, SettingsPost.Path, "/intake/desk/confirmation", ("Revision", "3"), ("Right", "no"))) Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        await ServedAsync(desk => !desk.Confirmed);
        Assert.DoesNotMatch(@"\d:\d\d [ap]\.m\.", await AskAsync(visitor));
    }

    [Fact]
    public async Task Confirm_OtherHoursThanWereLookedAt_IsRefused()
    {
        using var lead = await LeadAsync();
        using (var saved = await (await SettingsPost.OpenAsync(lead)).With("Closes[mon]", "12:00").SendAsync(lead)) Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var answer = await DeskClient.SubmitAsync(lead, SettingsPost.Path, "/intake/desk/confirmation", ("Revision", "1"), ("Right", "yes"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("These are not the hours you looked at", (await answer.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((2, false), await StateAsync());
    }

    [Fact]
    public async Task Confirm_ADeskThatIsNeverOpen_IsRefusedInWords()
    {
        using var lead = await LeadAsync();
        using (var saved = await (await SettingsPost.OpenAsync(lead)).Daily("", "").SendAsync(lead)) Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var answer = await DeskClient.SubmitAsync(lead, SettingsPost.Path, "/intake/desk/confirmation", ("Revision", "2"), ("Right", "yes"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("A desk with confirmed hours is open on some day", (await answer.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_OfAConfirmedDesk_StaysConfirmedUnlessClockTimesChangeUnsaid()
    {
        using var lead = await LeadAsync();
        var number = 1;
        foreach (var (name, value, stillRight, confirmed) in new[]
        {
            ("Closes[mon]", "16:00", "", false),
            ("Closes[mon]", "15:00", "yes", true),
            ("TimeZone", "America/Denver", "", false),
            ("MoreHolidays", "2027-07-05", "", false),
            ("PerDay", "1", "", true),
            ("People[mon]", "2", "", true),
            ("Opens[tue]", "8 am", "", true),
        })
        {
            var right = await DeskClient.SubmitAsync(lead, SettingsPost.Path, "/intake/desk/confirmation", ("Revision", $"{number}"), ("Right", "yes"));
            right.Dispose();
            (number, _) = await StateAsync();
            using var answer = await (await SettingsPost.OpenAsync(lead)).With(name, value).With("InAll", $"{20 + number}").With("StillRight", stillRight).SendAsync(lead);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal((name, number + 1, confirmed), (name, (await StateAsync()).Item1, (await StateAsync()).Item2));
            number++;
        }
    }

    [Fact]
    public async Task Save_ByTwoLeadsAtOnce_TellsTheSecondAndLosesNothingOfEither()
    {
        using var one = await _site.SignInAsync("one@example.org", StaffRoles.Lead);
        using var two = await _site.SignInAsync("two@example.org", StaffRoles.Lead);
        var (first, second) = (await SettingsPost.OpenAsync(one), await SettingsPost.OpenAsync(two));
        using (var saved = await first.With("Closes[mon]", "16:00").With("Closes[tue]", "15:00").With("MoreHolidays", "2027-07-05").With("Holidays", "2026-12-25", "2027-01-01").With("Reason", "Mine first").SendAsync(one))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        using var refused = await second.With("Closes[mon]", "14:00").With("People[fri]", "2").With("Holidays", "2026-11-26", "2026-12-25").With("Reason", "Mine second").SendAsync(two);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var page = await refused.ReadAsync();
        var told = page.QuerySelector(".summary")!.TextContent;
        foreach (var part in new[] { "one@example.org", "“Mine first”", "Monday: 08:00 to 16:00, was 08:00 to 18:00", "Closed on Monday, July 5, 2027", "Nothing of yours has been saved yet" })
            Assert.Contains(part, told, StringComparison.Ordinal);
        Assert.Equal((2, false), await StateAsync());

        second.Read(page);
        Assert.Equal(("14:00", "15:00", "2", "Mine second"), (second.Of("Closes[mon]"), second.Of("Closes[tue]"), second.Of("People[fri]"), second.Of("Reason")));
        Assert.Equal(["2026-12-25", "2027-07-05"], second.AllOf("Holidays"));
        using var again = await second.SendAsync(two);
        Assert.Equal("/intake/desk?done=saved", again.Headers.Location?.ToString());
        Assert.Equal((3, false), await StateAsync());
    }

    [Fact]
    public async Task Save_ByManyAtTheSameMoment_IsTakenFromOne()
    {
        using var lead = await LeadAsync();
        var posts = new List<SettingsPost>();
        for (var i = 0; i < 6; i++) posts.Add((await SettingsPost.OpenAsync(lead)).With("Closes[mon]", $"1{i}:00"));
        var answers = await Task.WhenAll(posts.Select(post => post.SendAsync(lead)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal((2, false), await StateAsync());
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Save_OfNothingNew_WritesNoRevision()
    {
        using var lead = await LeadAsync();
        using (var saved = await (await SettingsPost.OpenAsync(lead)).With("PerDay", "3").SendAsync(lead)) Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var answer = await (await SettingsPost.OpenAsync(lead)).SendAsync(lead);
        Assert.Equal("/intake/desk?done=same", answer.Headers.Location?.ToString());
        Assert.Equal((2, false), await StateAsync());
    }

    private Task<HttpClient> LeadAsync() => _site.SignInAsync("lead@example.org", StaffRoles.Lead);

    private static void Refused(HttpResponseMessage answer) =>
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);

    /// <summary>Number of the newest revision, and whether its hours are confirmed.</summary>
    private Task<(int, bool)> StateAsync() => _site.InDatabaseAsync(async db => await DeskRecord.LiveAsync(db, CancellationToken.None) is var record ? (record.Number, record.Settings.Confirmed) : default);

    private Task<List<AuditEntry>> TraceAsync() => _site.InDatabaseAsync(db => db.AuditEntries.AsNoTracking().ToListAsync());

    private async Task<AmfmSite.Features.Desk.DeskSettings> ServedAsync(Predicate<AmfmSite.Features.Desk.DeskSettings> like)
    {
        var published = _site.Services.GetRequiredService<PublishedContent>();
        for (var waited = Stopwatch.StartNew(); !like(published.Current.Desk); await Task.Delay(20)) Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), "The site does not follow.");
        return published.Current.Desk;
    }

    private static async Task<string> AskAsync(HttpClient visitor)
    {
        using var answer = await new CallbackPost().SendAsync(visitor);
        return (await visitor.GetPageAsync(answer.Headers.Location!.ToString())).Body!.TextContent;
    }
}
