using AmfmSite.Mail;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>SmtpTransport and a real mail server.</summary>
public class SmtpTransportEximTests(EximServer exim) : EximTests(exim), IClassFixture<EximServer>
{
    protected override IMailTransport MakeTransport(MailOptions options) => new SmtpTransport(options, TimeProvider.System);
}
