using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AmfmSite.IntegrationTests.SqlServer;

/// <summary>
/// Speaks as much TDS 7.4 (the open specification MS-TDS) on loopback as a client needs to log in and to send commands. It
/// executes nothing: each command is remembered and answered with "one row affected".
/// </summary>
sealed class FakeSqlServer : IAsyncDisposable
{
    const byte SqlBatch = 0x01, Rpc = 0x03, Answer = 0x04, Login7 = 0x10, PreLogin = 0x12;
    const byte LastPacket = 0x01;
    const int HeaderLength = 8;
    const ushort SpExecuteSql = 10;

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentBag<Task> conversations = [];
    readonly Task accepting;

    FakeSqlServer()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public static FakeSqlServer Start() => new();

    public string ConnectionString =>
        $"Server=tcp:127.0.0.1,{((IPEndPoint)listener.LocalEndpoint).Port};User ID=anybody;Password=anything;Encrypt=False;Pooling=False;Connect Timeout=10";

    public ConcurrentQueue<ReceivedCommand> Commands { get; } = new();

    /// <summary>Numbers of errors with which the next commands that have parameters are answered, one each.</summary>
    public ConcurrentQueue<int> Errors { get; } = new();

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                conversations.Add(ConverseAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                while (true)
                {
                    var (type, message) = await ReadMessageAsync(stream);
                    await WriteMessageAsync(stream, type switch
                    {
                        PreLogin => WithoutEncryption(),
                        Login7 => [.. LoginAccepted(), .. Done(0xFD, 0)],
                        SqlBatch => Remember(ReadBatch(message), Done(0xFD, 1)),
                        Rpc when Errors.TryDequeue(out var error) => Remember(ReadRpc(message), [.. Error(error), .. Done(0xFE, 0, failed: true)]),
                        // One row within the procedure and more to come, return status 0, end of the procedure.
                        Rpc => Remember(ReadRpc(message), [.. Done(0xFF, 1, more: true), 0x79, 0, 0, 0, 0, .. Done(0xFE, 0)]),
                        _ => throw new NotSupportedException($"This server does not know message type 0x{type:X2}."),
                    });
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client has left, or the test is over.
            }
        }
    }

    byte[] Remember(ReceivedCommand command, byte[] answer)
    {
        Commands.Enqueue(command);
        return answer;
    }

    /// <summary>A message is one packet or several; each begins with type, status and its whole length.</summary>
    async Task<(byte Type, byte[] Message)> ReadMessageAsync(NetworkStream stream)
    {
        var message = new MemoryStream();
        var header = new byte[HeaderLength];
        do
        {
            await stream.ReadExactlyAsync(header, stop.Token);
            var part = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - HeaderLength];
            await stream.ReadExactlyAsync(part, stop.Token);
            message.Write(part);
        }
        while ((header[1] & LastPacket) == 0);
        return (header[0], message.ToArray());
    }

    async Task WriteMessageAsync(NetworkStream stream, byte[] message)
    {
        var header = new byte[HeaderLength];
        header[0] = Answer;
        header[1] = LastPacket;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(HeaderLength + message.Length));
        header[6] = 1;
        await stream.WriteAsync((byte[])[.. header, .. message], stop.Token);
    }

    /// <summary>Options as (number, offset, length), an end mark, then the values: version 16 and "encryption not supported".</summary>
    static byte[] WithoutEncryption() =>
    [
        0, 0, 11, 0, 6,
        1, 0, 17, 0, 1,
        0xFF,
        16, 0, 0, 0, 0, 0,
        2,
    ];

    static byte[] LoginAccepted()
    {
        var name = Encoding.Unicode.GetBytes("Fake SQL Server");
        byte[] content = [1, 0x74, 0, 0, 4, (byte)(name.Length / 2), .. name, 16, 0, 0, 0];
        // A client takes the collation of its text parameters from the answer to its login; this is Latin1_General_CI_AS.
        byte[] collation = [0xE3, 8, 0, 7, 5, 0x09, 0x04, 0xD0, 0x00, 0x34, 0];
        return [.. collation, 0xAD, (byte)content.Length, 0, .. content];
    }

    /// <summary>Number, state, class 13 (the transaction is at fault), text, no server, no procedure, line 1.</summary>
    static byte[] Error(int number)
    {
        var text = Encoding.Unicode.GetBytes("made by the test");
        byte[] content = [.. BitConverter.GetBytes(number), 1, 13, .. BitConverter.GetBytes((ushort)(text.Length / 2)), .. text, 0, 0, 1, 0, 0, 0];
        return [0xAA, .. BitConverter.GetBytes((ushort)content.Length), .. content];
    }

    /// <summary>DONE (0xFD), DONEPROC (0xFE) or DONEINPROC (0xFF): status, current command, count of rows.</summary>
    static byte[] Done(byte token, byte rows, bool more = false, bool failed = false) =>
        [token, (byte)((more ? 0x01 : 0) | (failed ? 0x02 : 0) | (rows > 0 ? 0x10 : 0)), 0, 0, 0, rows, 0, 0, 0, 0, 0, 0, 0];

    static ReceivedCommand ReadBatch(byte[] message)
    {
        var reader = new TdsReader(message);
        reader.SkipHeaders();
        return new ReceivedCommand(reader.RestAsText(), "", new Dictionary<string, byte[]?>());
    }

    static ReceivedCommand ReadRpc(byte[] message)
    {
        var reader = new TdsReader(message);
        reader.SkipHeaders();
        if (reader.UInt16() != 0xFFFF || reader.UInt16() != SpExecuteSql)
            throw new NotSupportedException("This server knows no procedure but sp_executesql.");
        reader.UInt16();
        var statement = reader.Parameter();
        var declarations = reader.AtEnd ? default : reader.Parameter();
        var parameters = new Dictionary<string, byte[]?>();
        while (!reader.AtEnd)
        {
            var (name, value) = reader.Parameter();
            parameters.Add(name, value);
        }
        return new ReceivedCommand(Text(statement.Value), Text(declarations.Value), parameters);
    }

    static string Text(byte[]? value) => Encoding.Unicode.GetString(value ?? []);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(conversations);
        stop.Dispose();
    }

    /// <summary>Reads a request from front to back.</summary>
    sealed class TdsReader(byte[] message)
    {
        int position;

        public bool AtEnd => position == message.Length;

        /// <summary>Every request begins with its headers (transaction and the like), and they with their whole length.</summary>
        public void SkipHeaders() => position = BinaryPrimitives.ReadInt32LittleEndian(message);

        public string RestAsText() => Encoding.Unicode.GetString(Bytes(message.Length - position));

        public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

        byte Byte() => message[position++];

        byte[] Bytes(int count) => message[position..(position += count)];

        /// <summary>Name, status, type and value.</summary>
        public (string Name, byte[]? Value) Parameter()
        {
            var name = Encoding.Unicode.GetString(Bytes(Byte() * 2));
            Byte();
            return (name, Value(Byte()));
        }

        byte[]? Value(byte type)
        {
            switch (type)
            {
                case 0x24 or 0x26 or 0x68 or 0x6F or 0x2A: // uniqueidentifier, int and bigint, bit, datetime, datetime2
                    Byte(); // its largest length, or its scale
                    var length = Byte();
                    return length == 0 ? null : Bytes(length);
                case 0xE7: // nvarchar
                    UInt16();
                    Bytes(5); // collation
                    return LongValue();
                case 0xA5: // varbinary
                    UInt16();
                    return LongValue();
                default:
                    throw new NotSupportedException($"This server does not know the type 0x{type:X2}.");
            }
        }

        byte[]? LongValue()
        {
            var length = UInt16();
            return length == 0xFFFF ? null : Bytes(length);
        }
    }
}
