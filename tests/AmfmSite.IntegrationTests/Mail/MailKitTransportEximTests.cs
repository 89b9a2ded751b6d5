#if WITH_MAILKIT
using AmfmSite.Mail;

namespace AmfmSite.IntegrationTests.Mail;

/// <summary>MailKitTransport and a real mail server. In a full build only.</summary>
public class MailKitTransportEximTests(EximServer exim) : EximTests(exim), IClassFixture<EximServer>
{
    protected override IMailTransport MakeTransport(MailOptions options) => new MailKitTransport(options, tokens: null, TimeProvider.System);
}
#endif
