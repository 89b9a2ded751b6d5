using AmfmSite.Mail;

namespace AmfmSite.FaultHost;

/// <summary>Points around the handing over of one mail; the detail is its Message-ID. What a mail server does wrong is the test's own server's part.</summary>
internal sealed class MailFaults(IMailTransport real, FaultBoard board) : IMailTransport
{
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        await board.ReachAsync("before-send", mail.MessageId);
        await real.SendAsync(mail, cancellation);
        await board.ReachAsync("after-250", mail.MessageId);
    }

    public Task ProbeAsync(CancellationToken cancellation) => real.ProbeAsync(cancellation);

    public void Dispose() => real.Dispose();
}
