using System.Globalization;
using AmfmSite.Mail;

namespace AmfmSite.IntegrationTests.Mail;

public sealed class PickupTransportTests : IDisposable
{
    static readonly MailOptions Options = new() { From = "site@example.org" };

    readonly string directory = Path.Combine(Path.GetTempPath(), $"amfm-mails-{Guid.NewGuid():n}");
    readonly StandingClock clock = new();

    [Fact]
    public async Task Send_OneMail_WritesOneReadableFile()
    {
        await SendAsync(Mail("1"));

        var file = Assert.Single(Directory.GetFileSystemEntries(directory));
        Assert.Matches(@"^20260302T101112\.0000000Z-1@site\.example\.org-[0-9a-f]{8}\.eml$", Path.GetFileName(file));
        var (headers, body) = ReceivedMail.Parse(await File.ReadAllTextAsync(file));
        Assert.Equal("site@example.org", headers["From"]);
        Assert.Equal("admissions@example.org", headers["To"]);
        Assert.Equal("Callback request 7K3Q-9WDP", headers["Subject"]);
        Assert.InRange(DateTimeOffset.Parse(headers["Date"], CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Equal("<1@site.example.org>", headers["Message-ID"]);
        Assert.Equal("text/plain; charset=utf-8", headers["Content-Type"]);
        Assert.Equal("auto-generated", headers["Auto-Submitted"]);
        Assert.Equal("A request waits.\n.\n..", body.TrimEnd('\n'));
    }

    [Fact]
    public async Task Send_TextBeyondAscii_ComesBackUnchanged()
    {
        await SendAsync(Mail("1") with { Body = "Zoë Nuñez – 東京\n" });

        var (_, body) = ReceivedMail.Parse(await File.ReadAllTextAsync(Directory.GetFiles(directory).Single()));
        Assert.Equal("Zoë Nuñez – 東京\n", body);
    }

    [Fact]
    public async Task Send_SameMessageIdTwice_ShowsBoth()
    {
        await SendAsync(Mail("1"));
        await SendAsync(Mail("1"));

        Assert.Equal(2, Directory.GetFiles(directory, "*.eml").Length);
    }

    [Fact]
    public async Task Send_LaterMail_SortsAfter()
    {
        await SendAsync(Mail("z"));
        clock.Now = clock.Now.AddMilliseconds(1);
        await SendAsync(Mail("a"));

        Assert.Equal(["z", "a"], Directory.GetFiles(directory).Order(StringComparer.Ordinal).Select(file => Path.GetFileName(file).Split('-', '@')[1]));
    }

    [Fact]
    public async Task Send_MessageIdIsAPath_ThrowsAndWritesNothing()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(Mail("../1")));

        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public async Task Send_DirectoryCannotBeMade_SaysUnavailable()
    {
        await File.WriteAllTextAsync(directory, "a file in its place");

        await Assert.ThrowsAsync<MailUnavailableException>(() => SendAsync(Mail("1")));

        File.Delete(directory);
    }

    [Fact]
    public async Task Send_ManyWorkersAtOnce_LosesNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => SendAsync(Mail("1")))));

        Assert.Equal(20, Directory.GetFiles(directory, "*.eml").Length);
        Assert.Empty(Directory.GetDirectories(directory));
    }

    async Task SendAsync(OutgoingMail mail)
    {
        using var transport = new PickupTransport(directory, Options, clock);
        await transport.SendAsync(mail, default);
    }

    static OutgoingMail Mail(string left) => new($"{left}@site.example.org", "admissions@example.org", "Callback request 7K3Q-9WDP", "A request waits.\n.\n..\n");

    public void Dispose()
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    sealed class StandingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 10, 11, 12, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
