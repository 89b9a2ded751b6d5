using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AmfmSite.Benchmarks;

/// <summary>A mail server that takes everything and keeps which reference came when.</summary>
internal sealed class MailDrop : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public MailDrop(int port)
    {
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Message-IDs in the order in which their mails came.</summary>
    public ConcurrentQueue<string> Came { get; } = new();

    public static (string Name, string Value)[] Settings(int port) =>
    [
        ("Mail__Transport", "Smtp"), ("Mail__Host", "127.0.0.1"), ("Mail__Port", $"{port}"), ("Mail__Security", "None"),
        ("Mail__From", "site@example.org"), ("Mail__AdmissionsTo", "admissions@example.org"),
    ];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ConverseAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // It is closed.
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 drop ESMTP");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var command = line.Split(' ')[0].ToUpperInvariant();
                if (command == "DATA")
                {
                    await writer.WriteLineAsync("354 Go on");
                    while (await reader.ReadLineAsync(_stop.Token) is { } text and not ".")
                        if (text.StartsWith("Message-ID: ", StringComparison.OrdinalIgnoreCase)) Came.Enqueue(text[12..].Trim('<', '>', ' '));
                }

                await writer.WriteLineAsync(command == "QUIT" ? "221 Bye" : "250 Ok");
                if (command == "QUIT") return;
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The site left, or it is closed.
        }
    }
}
