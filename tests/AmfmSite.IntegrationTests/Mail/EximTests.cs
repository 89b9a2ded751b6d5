using AmfmSite.Mail;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>What a transport does with a real mail server that wants STARTTLS and a login.</summary>
public abstract class EximTests(EximServer exim)
{
    protected abstract IMailTransport MakeTransport(MailOptions options);

    [Fact]
    public async Task Send_StartTlsAndLogin_Delivers()
    {
        var mail = NewMail();
        using var transport = MakeTransport(Options());

        await transport.SendAsync(mail, default);

        var (headers, body) = ReceivedMail.Parse(await DeliveredAsync(mail));
        Assert.Equal(mail.Subject, headers["Subject"]);
        Assert.Equal("Grüße aus der Nähe\n.\nEnde", body.TrimEnd('\n'));
        Assert.Contains(exim.Arrivals(), line => line.Contains($"id={mail.MessageId}", StringComparison.Ordinal)
            && line.Contains("X=TLS", StringComparison.Ordinal)
            && line.Contains($":{EximServer.UserName}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_WrongPassword_SendsNothingAndRecovers()
    {
        var mail = NewMail();
        var wrong = Options();
        wrong.Password = "wrong";
        using (var transport = MakeTransport(wrong))
        {
            var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(mail, default));
            Assert.Contains("535", thrown.Message, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(exim.Arrivals(), line => line.Contains(mail.MessageId, StringComparison.Ordinal));

        using var mended = MakeTransport(Options());
        await mended.SendAsync(mail, default);

        await DeliveredAsync(mail);
    }

    [Fact]
    public async Task Send_NoLogin_SaysUnavailable()
    {
        var options = Options();
        options.UserName = options.Password = "";
        using var transport = MakeTransport(options);

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(NewMail(), default));

        Assert.Contains("550", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_RelayRefused_SaysUnavailable()
    {
        using var transport = MakeTransport(Options());

        var thrown = await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(NewMail() with { To = "somebody@elsewhere.example" }, default));

        Assert.Contains("550", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ThreeMails_ReusesOneConnection()
    {
        var mails = Enumerable.Range(0, 3).Select(_ => NewMail()).ToList();
        using var transport = MakeTransport(Options());

        foreach (var mail in mails)
            await transport.SendAsync(mail, default);

        foreach (var mail in mails)
            await DeliveredAsync(mail);
        // "H=… [127.0.0.1]:40312 …": the sender's port tells one connection from another.
        var arrivals = exim.Arrivals().Where(line => mails.Any(mail => line.Contains(mail.MessageId, StringComparison.Ordinal))).ToList();
        Assert.Equal(3, arrivals.Count);
        Assert.Single(arrivals.Select(line => line.Split("[127.0.0.1]:")[1].Split(' ')[0]).Distinct());
    }

    async Task<string> DeliveredAsync(OutgoingMail mail)
    {
        for (var count = 1; ; count++)
        {
            var mails = await exim.WaitForMailsAsync(count);
            count = mails.Count;
            if (mails.FirstOrDefault(text => text.Contains($"<{mail.MessageId}>", StringComparison.Ordinal)) is { } found)
                return found;
        }
    }

    static OutgoingMail NewMail() => new($"{Guid.NewGuid():n}@site.example.org", "admissions@example.org", "Callback request 7K3Q-9WDP", "Grüße aus der Nähe\n.\nEnde\n");

    MailOptions Options() => new()
    {
        Transport = MailTransportKind.Smtp,
        Host = "127.0.0.1",
        Port = exim.Port,
        Security = MailSecurity.StartTls,
        UserName = EximServer.UserName,
        Password = EximServer.Password,
        From = "site@example.org",
        AdmissionsTo = "admissions@example.org",
        TimeoutSeconds = 15,
    };
}
