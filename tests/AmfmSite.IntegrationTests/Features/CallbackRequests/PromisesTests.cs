using System.Globalization;
using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage.Sealing;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.CallbackRequests;

/// <summary>What is promised in public follows the settings in force: change the setting, and the text changes.</summary>
public sealed class PromisesTests : IDisposable
{
    private const string Always = """
        confirmed: true
        timeZone: America/Los_Angeles
        hours: {mon: 00:00-23:59, tue: 00:00-23:59, wed: 00:00-23:59, thu: 00:00-23:59, fri: 00:00-23:59, sat: 00:00-23:59, sun: 00:00-23:59}

        """;

    private static readonly TimeZoneInfo Pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    private readonly SiteHost _site = new();
    private readonly PackCopy _pack = new();

    public void Dispose()
    {
        _site.Dispose();
        _pack.Dispose();
    }

    [Theory]
    [InlineData("90")]
    [InlineData("30")]
    public async Task Retention_Set_IsQuotedByFormAndConfidentiality(string days)
    {
        _site.With("Retention:ClosedDays", days);
        using var client = _site.NewClient();
        foreach (var path in new[] { "/request-a-call", "/conditions/agoraphobia", "/confidentiality" })
            Assert.Contains($"after {days} days", await client.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", "and nothing about you", "holds your name")]
    [InlineData("true", "holds your name", "and nothing about you")]
    public async Task MailWithContactDetails_Set_IsSaidOnTheConfidentialityPage(string include, string said, string unsaid)
    {
        _site.With("Mail:IncludeContactDetails", include);
        using var client = _site.NewClient();
        var text = await client.GetStringAsync("/confidentiality");
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.DoesNotContain(unsaid, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeskHours_Unconfirmed_NameNoClockTimeAndNoDay()
    {
        using var client = _site.NewClient();
        var page = await AskAsync(client, new CallbackPost());
        Assert.Contains("When our desk is next open.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("It may be that nobody is at the desk now.", page.Body.TextContent, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\d:\d\d [ap]\.m\.", page.Body.TextContent);
        Assert.Null((await OnlyRequestAsync()).Promised);
    }

    [Fact]
    public async Task DeskHours_ConfirmedAndOpen_NameDayAndHoursAndTheMailSaysTheSame()
    {
        await SettingsAsync(Always);
        using var client = _site.NewClient();
        var page = await AskAsync(client, new CallbackPost());
        Assert.Matches(@"(Today|Tomorrow), \w+day, \w+ \d+, between \d+:\d\d [ap]\.m\. and 9:00 p\.m\., your time \(Pacific\)\.", page.Body!.TextContent);
        Assert.DoesNotContain("at the desk now", page.Body.TextContent, StringComparison.Ordinal);
        var request = await OnlyRequestAsync();
        Assert.NotNull(request.Promised);
        await UntilAsync(() => Directory.Exists(_site.Mails) && Directory.EnumerateFiles(_site.Mails, "*.eml").Any());
        Assert.Matches(@"between \d+:\d\d [ap]\.m\. and 9:00 p\.m\., their time", string.Concat(Directory.EnumerateFiles(_site.Mails, "*.eml").Select(File.ReadAllText)).Replace("=\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeskHours_ConfirmedAndClosed_SaysWhenItOpens()
    {
        // Open on one day of the week only: in three days where the desk is.
        var opens = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, Pacific).Date.AddDays(3);
        var day = opens.ToString("ddd", CultureInfo.InvariantCulture).ToLowerInvariant();
        await SettingsAsync($"confirmed: true\ntimeZone: America/Los_Angeles\nhours:\n  {day}: 09:00-17:00\n");
        using var client = _site.NewClient();
        var page = await AskAsync(client, new CallbackPost());
        Assert.Contains($"Nobody is at the desk now. It opens on {opens.ToString("dddd, MMMM d", CultureInfo.InvariantCulture)}, at 9:00 a.m., your time (Pacific).", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".head .lead a[href='tel:988']"));
    }

    [Fact]
    public async Task DeskHours_NextSuchDayAWeekOff_SaysSo()
    {
        // Open every day, yet the day that is wished for is a holiday this week.
        var wished = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, Pacific).Date.AddDays(2);
        await SettingsAsync(Always + $"holidays: [{wished:yyyy-MM-dd}]\n");
        using var client = _site.NewClient();
        var page = await AskAsync(client, new CallbackPost().With("Day", wished.ToString("ddd", CultureInfo.InvariantCulture).ToLowerInvariant()));
        Assert.Contains(wished.AddDays(7).ToString("'On 'dddd, MMMM d", CultureInfo.InvariantCulture), page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("That is a week off", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_DayOnWhichTheDeskIsClosed_IsShownAgainAndAsSoonAsYouCanIsTaken()
    {
        await SettingsAsync("confirmed: true\ntimeZone: America/Los_Angeles\nhours:\n  mon: 09:00-17:00\n");
        using var client = _site.NewClient();
        using var refused = await new CallbackPost().With("Day", "sun").With("Note", "Something I wrote").SendAsync(client);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.ReadAsync();
        Assert.Contains("Our desk is not open on that day", page.QuerySelector(".summary a[href='#f-day']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Something I wrote", page.QuerySelector("textarea[name=Note]")!.TextContent.Trim());

        // Nine to five in Los Angeles is the night in Guam: nobody can be promised a time, and the request is taken all the same.
        await AskAsync(client, new CallbackPost().With("State", "GU"));
    }

    [Fact]
    public async Task Channels_SwitchedOff_AreNotOfferedAndNotKept()
    {
        await SettingsAsync("timeZone: America/Los_Angeles\nchannels: {voicemail: false, text: false}\n");
        using var client = _site.NewClient();
        foreach (var path in new[] { "/request-a-call", "/conditions/agoraphobia" })
        {
            var form = await client.GetPageAsync(path);
            Assert.Null(form.QuerySelector("[name=Text]"));
            Assert.Null(form.QuerySelector("[name=Voicemail]"));
        }

        Assert.Contains("our desk does not text", await client.GetStringAsync("/confidentiality"), StringComparison.Ordinal);
        var page = await AskAsync(client, new CallbackPost().With("Text", "yes").With("Voicemail", "yes"));
        Assert.DoesNotContain("leave a voicemail", page.Body!.TextContent, StringComparison.Ordinal);
        var rules = (await OnlyRequestAsync()).OpenSafeContact(_site.Services.GetRequiredService<Vault>())!;
        Assert.Equal((VoicemailRule.No, false), (rules.Voicemail, rules.Text));
    }

    [Theory]
    [InlineData("I don’t want to live any more.", true)]
    [InlineData("I would like to know about yoga.", false)]
    public async Task Post_WordsOfCrisis_PutHelpFirstAndMarkTheRequest(string note, bool first)
    {
        using var client = _site.NewClient();
        var page = await AskAsync(client, new CallbackPost().With("Note", note));
        Assert.Equal(first, (await OnlyRequestAsync()).ReadFirst);
        var help = page.QuerySelector("main .first");
        Assert.Equal(first, help is not null);
        Assert.DoesNotContain("yoga", page.Body!.TextContent, StringComparison.Ordinal);
        if (!first) return;
        Assert.Equal(help, page.QuerySelector("main")!.FirstElementChild);
        Assert.NotNull(help!.QuerySelector("a[href='tel:988']"));
        Assert.Contains("Nobody has read it yet.", help.TextContent, StringComparison.Ordinal);
    }

    private async Task SettingsAsync(string settings)
    {
        await File.WriteAllTextAsync(_pack.FileOf("settings.yaml"), settings);
        await _pack.ServeAsync(_site);
    }

    private static async Task<IDocument> AskAsync(HttpClient client, CallbackPost post)
    {
        using var answer = await post.SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return await client.GetPageAsync(answer.Headers.Location!.ToString());
    }

    private Task<CallbackRequest> OnlyRequestAsync() => _site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().SingleAsync());

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 300 && !holds(); i++) await Task.Delay(100);
        Assert.True(holds());
    }
}
