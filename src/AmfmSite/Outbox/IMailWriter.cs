using AmfmSite.Mail;

namespace AmfmSite.Outbox;

/// <summary>Writes mails of some kinds, each in the moment in which it is sent, so that it says what holds then. Every kind has one writer.</summary>
public interface IMailWriter
{
    IReadOnlySet<OutboxKind> Kinds { get; }

    /// <returns>Null when there is nothing left to say.</returns>
    /// <exception cref="InvalidOperationException">What the message speaks of is not there.</exception>
    Task<OutgoingMail?> ComposeAsync(OutboxMessage message, CancellationToken cancellation);
}
