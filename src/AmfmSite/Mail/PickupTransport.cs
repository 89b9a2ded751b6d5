using System.Globalization;
using System.Net.Mail;

namespace AmfmSite.Mail;

/// <summary>
/// Writes each mail as one .eml file, for Development and for a mail system that collects from a directory.
/// The name begins with the UTC time, so names sort by age, and goes on with the Message-ID. A mail that is sent twice
/// makes two files: a second delivery must be seen, as its recipient would see it.
/// </summary>
public sealed class PickupTransport(string directory, MailOptions options, TimeProvider clock) : IMailTransport
{
    /// <exception cref="MailUnavailableException">The file could not be written.</exception>
    public Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var body = new MemoryStream(MailMessages.BodyBytes(mail));
        using var message = MailMessages.Build(mail, options, body);

        // The framework chooses the file's name, so it gets a directory of its own; whoever collects *.eml never sees half a mail.
        var workshop = Path.Combine(directory, $".{Guid.NewGuid():n}");
        try
        {
            Directory.CreateDirectory(workshop);
            try
            {
                using var writer = new SmtpClient
                {
                    DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
                    PickupDirectoryLocation = workshop,
                };
                writer.Send(message);
                File.Move(Directory.EnumerateFiles(workshop).Single(), Path.Combine(directory, NewName(mail.MessageId)));
            }
            finally
            {
                Directory.Delete(workshop, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SmtpException)
        {
            throw new MailUnavailableException("The mail could not be written to the pickup directory.", e);
        }
        return Task.CompletedTask;
    }

    public Task ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            var draft = Path.Combine(directory, $".{Guid.NewGuid():n}");
            Directory.CreateDirectory(draft);
            Directory.Delete(draft);
            return Task.CompletedTask;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailUnavailableException("The pickup directory cannot be written.", e);
        }
    }

    /// <summary>The last part tells apart what is written within one tick: looking for a free name first would race with other workers.</summary>
    string NewName(string messageId) => string.Create(
        CultureInfo.InvariantCulture,
        $"{clock.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmss'.'fffffff'Z'}-{messageId}-{Guid.NewGuid().ToString("n")[..8]}.eml");

    public void Dispose()
    {
        // Nothing is held between two mails.
    }
}
