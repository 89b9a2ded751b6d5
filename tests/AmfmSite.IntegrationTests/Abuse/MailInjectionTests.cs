using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;
using AmfmSite.Outbox;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>What visitors write makes no header, no recipient and no line of its own in a mail, and none goes to an address that they give.</summary>
public sealed partial class MailInjectionTests
{
    /// <summary>Line ends of every alphabet, then what somebody would like to add.</summary>
    private static readonly string[] Breaks = ["\r\n", "\n", "\r", "\r\n\r\n", "\u0085", "\u2028", "\u2029", "\v", "\f", "%0d%0a", "\\r\\n", "=0D=0A", "\r\n ", "=?utf-8?q?=0d=0a?=", "\r\n.\r\n"];

    private const string Added = "Bcc: victim@evil.example";

    [Fact]
    public async Task Post_LineEndsInEveryField_MailHasItsOwnHeadersAndLinesAndOneRecipient()
    {
        await using var site = new SiteHost().With("Mail:IncludeContactDetails", "true").With("Mail:AdmissionsTo", "admissions@example.org");
        using var client = site.NewClient();
        var sent = 0;
        foreach (var end in Breaks)
        {
            var (number, post) = (sent++, new CallbackPost().With("For", "someone").With("Aware", "yes").With("Email", "robin@example.org"));
            foreach (var field in new[] { "Name", "OthersMayAnswer", "Relationship", "Insurer", "Language", "Access", "Note" }) post.With(field, $"Robin{end}{Added}{end}Phone:  900-555-0100 {number}");
            using var answer = await post.SendAsync(client);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        foreach (var (headers, body, head) in await WrittenMails.WaitAsync(site, Breaks.Length))
        {
            Assert.Equal(["auto-submitted", "content-transfer-encoding", "content-type", "date", "from", "message-id", "mime-version", "subject", "to", "x-receiver", "x-sender"], Names(head));
            Assert.Equal("admissions@example.org", headers["X-Receiver"]);
            Assert.Equal("admissions@example.org", headers["To"]);
            Assert.Matches("^Callback request [0-9A-Z]{4}-[0-9A-Z]{4}$", headers["Subject"]);
            Assert.DoesNotContain("evil.example", head, StringComparison.OrdinalIgnoreCase);

            // Each label begins one line, also for a program that breaks lines at every sign that Unicode has for it.
            var lines = body.ReplaceLineEndings("\n").Split('\n', '\v', '\r');
            Assert.Single(lines, line => line.StartsWith("Phone:", StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.StartsWith("Bcc", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.StartsWith("Name:   Robin", StringComparison.Ordinal) && line.Contains(Added, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Post_SmtpInEveryField_IsOneMailToOneRecipientOnTheWire()
    {
        await using var server = FaultyMailServer.Start();
        await using var site = new SiteHost().With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Security", "None")
            .With("Mail:Port", server.Port.ToString(CultureInfo.InvariantCulture)).With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org");
        using var client = site.NewClient();
        var sent = 0;
        foreach (var end in new[] { "\r\n.\r\n", "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n" })
        {
            var post = new CallbackPost();
            foreach (var field in new[] { "Name", "OthersMayAnswer", "Insurer", "Language", "Access", "Note", "From" }) post.With(field, $"Robin{end}MAIL FROM:<x@evil.example>{end}RCPT TO:<victim@evil.example>{end}DATA{end}Subject: x");
            using var answer = await post.With("Name", $"Robin {sent++}{end}RCPT TO:<victim@evil.example>").SendAsync(client);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        var waited = Stopwatch.StartNew();
        while (server.Mails.Count < 5)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), "The mails did not come.");
            await Task.Delay(50);
        }

        Assert.Equal(["RCPT TO:<admissions@example.org>"], server.Commands.Where(command => command.Contains("RCPT", StringComparison.OrdinalIgnoreCase)).Select(command => command.Replace("clear: ", "", StringComparison.Ordinal)).Distinct());
        Assert.Equal(5, server.Commands.Count(command => command.Contains("MAIL FROM", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Post_AddressThatIsMoreThanOne_IsRefusedOrKeptAsOneLine()
    {
        await using var site = new SiteHost().With("Mail:IncludeContactDetails", "true").With("Mail:AdmissionsTo", "admissions@example.org");
        using var client = site.NewClient();
        string[] addresses =
        [
            "robin@example.org\r\nBcc: victim@evil.example", "robin@example.org\nvictim@evil.example", "robin@example.org,victim@evil.example", "robin@example.org;victim@evil.example", "robin@example.org%0aBcc:victim@evil.example", "<robin@example.org>", "Robin <victim@evil.example>",
            "\"robin@example.org\r\n\"@evil.example", "robin@example.org victim@evil.example", "robin@example.org\u2028victim@evil.example", "robin(\r\nBcc: victim@evil.example)@example.org", "robin@[127.0.0.1\r\n]", "robin@example.org\u0085Bcc:victim@evil.example",
        ];
        var taken = 0;
        foreach (var email in addresses)
        {
            using var answer = await new CallbackPost().With("Email", email).SendAsync(client);
            Assert.True(answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.SeeOther, $"{email}: {answer.StatusCode}");
            if (answer.StatusCode == HttpStatusCode.SeeOther) taken++;
        }

        using (await new CallbackPost().With("Email", "robin@example.org").SendAsync(client)) { }
        Assert.InRange(taken, 0, 1);
        foreach (var (headers, body, head) in await WrittenMails.WaitAsync(site, taken + 1))
        {
            Assert.Equal("admissions@example.org", headers["To"]);
            Assert.DoesNotContain("victim", head, StringComparison.Ordinal);
            Assert.Single(MailLine().Matches(body));
        }
    }

    /// <summary>A form that mails to whatever address is typed into it can be used to bomb a stranger's mailbox. This one mails to admissions alone.</summary>
    [Fact]
    public async Task EveryPublicForm_GivenAStrangersAddress_MailsThemNothing()
    {
        await using var site = new SiteHost().With("Mail:AdmissionsTo", "admissions@example.org");
        using var client = site.NewClient();
        const string Victim = "victim@evil.example";
        using var asked = await new CallbackPost().With("Email", Victim).With("EmailSafe", "yes").SendAsync(client);
        var code = (await client.GetPageAsync(asked.Headers.Location!.ToString())).QuerySelector("strong[data-reference]")!.TextContent;
        using (await new CallbackPost().With("Email", Victim).With("Website", "x").SendAsync(client)) { }
        using (await client.PostAsync("/my-request", new FormUrlEncodedContent([new("Code", "7K3Q-9WDP"), new("Contact", Victim)]))) { }
        using var opened = await client.PostAsync("/my-request", new FormUrlEncodedContent([new("Code", code), new("Contact", Victim)]));
        var page = opened.Headers.Location!.ToString();
        using (await client.PostAsync(page + "/window", new FormUrlEncodedContent([new("Day", "wed"), new("Part", "any")]))) { }
        using (await client.PostAsync("/search", new FormUrlEncodedContent([new("Words", Victim)]))) { }
        using (await new CallbackPost().With("Email", "other@example.org").SendAsync(client)) { }
        using (await client.PostAsync(page + "/withdraw", new FormUrlEncodedContent([]))) { }

        // Whatever any of this could have caused has been sent or dropped; the notice about the hidden field is planned for later.
        for (var i = 0; i < 600 && await WaitsAsync(); i++) await Task.Delay(100);
        Assert.False(await WaitsAsync());
        foreach (var (headers, body, head) in await WrittenMails.WaitAsync(site, 1))
        {
            Assert.Equal("admissions@example.org", headers["X-Receiver"]);
            Assert.Equal("admissions@example.org", headers["To"]);
            Assert.DoesNotContain(Victim, head + body, StringComparison.OrdinalIgnoreCase);
        }

        Task<bool> WaitsAsync() => site.InDatabaseAsync(db => db.OutboxMessages.AnyAsync(message => message.Kind != OutboxKind.QuarantineNotice && message.SentAt == null));
    }

    private static IEnumerable<string> Names(string head) => HeaderName().Matches(head).Select(match => match.Groups[1].Value.ToLowerInvariant()).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^([^\s:]+):", RegexOptions.Multiline)]
    private static partial Regex HeaderName();

    [GeneratedRegex(@"^E-mail:", RegexOptions.Multiline)]
    private static partial Regex MailLine();
}
