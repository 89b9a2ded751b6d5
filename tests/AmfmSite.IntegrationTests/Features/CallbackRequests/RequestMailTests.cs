using System.Net;
using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.CallbackRequests;

public sealed class RequestMailTests
{
    [Fact]
    public async Task Mail_ByDefault_HoldsReferenceTimeAndLinkAndNothingPersonal()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var (reference, mail) = await AskAsync(site, client);

        Assert.Contains($"Subject: Callback request {reference}", mail, StringComparison.Ordinal);
        Assert.Contains($"Reference: {reference}", mail, StringComparison.Ordinal);
        Assert.Matches(@"Received:  \d{4}-\d\d-\d\d \d\d:\d\d UTC", mail);
        Assert.Matches(Regex.Escape(site.Address.GetLeftPart(UriPartial.Authority)) + "/intake/requests/[0-9a-f-]{36}", mail);
        foreach (var personal in new[] { "Wren Mailtest", "646-555-0133", "wren@example.org", "my brother", "Voicemail" })
            Assert.DoesNotContain(personal, mail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Mail_WithContactDetails_HoldsThemAndTheRulesInTheBodyOnly()
    {
        await using var site = new SiteHost().With("Mail:IncludeContactDetails", "true");
        using var client = site.NewClient();
        var (_, mail) = await AskAsync(site, client);

        var (head, body) = (mail[..mail.IndexOf("\n\n", StringComparison.Ordinal)], mail[mail.IndexOf("\n\n", StringComparison.Ordinal)..]);
        foreach (var personal in new[] { "Wren Mailtest", "646-555-0133", "wren@example.org", "my brother" }) Assert.Contains(personal, body, StringComparison.Ordinal);
        Assert.Matches(@"Voicemail:\s+neutral only", body);
        Assert.DoesNotContain("a private word", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Wren", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_DevMails_ShowsTheMailInDevelopment()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var (reference, _) = await AskAsync(site, client);
        Assert.Contains(reference, await client.GetStringAsync("/dev/mails"), StringComparison.Ordinal);
    }

    private static async Task<(string Reference, string Mail)> AskAsync(SiteHost site, HttpClient client)
    {
        using var answer = await new CallbackPost().With("Name", "Wren Mailtest").With("Phone", "646-555-0133").With("Email", "wren@example.org")
            .With("Voicemail", "neutral").With("OthersMayAnswer", "my brother").With("Note", "a private word").SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var reference = (await client.GetPageAsync(answer.Headers.Location!.ToString())).QuerySelector("strong[data-reference]")!.TextContent;
        for (var i = 0; i < 100; i++)
        {
            var file = Directory.Exists(site.Mails) ? Directory.EnumerateFiles(site.Mails, "*.eml").FirstOrDefault() : null;
            if (file is not null) return (reference, (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n"));
            await Task.Delay(100);
        }

        throw new TimeoutException("No mail was written within ten seconds.");
    }
}
