using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace AmfmSite.Features.Staff;

/// <summary>
/// Values in a row, so that no two rows share one encoding: each is a byte for its kind, its length, and its bytes.
/// What is encoded is what the engine stores, not what we make of it: an id in lower case is the same id to us, but a
/// search no longer finds its row.
/// </summary>
public sealed class AuditEncoding
{
    /// <summary>As SQLite holds a time; SQL Server's own type is written the same way.</summary>
    private const string TimeFormat = @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF";

    private readonly ArrayBufferWriter<byte> _bytes = new();

    private enum Kind : byte { Nothing, Number, Text, Bytes }

    public AuditEncoding Add(object? value) => value switch
    {
        null or DBNull => Append(Kind.Nothing, []),
        long number => Append(Kind.Number, BigEndian(number)),
        string text => Append(Kind.Text, Encoding.UTF8.GetBytes(text)),
        Guid id => Add(id.ToString("D").ToUpperInvariant()),
        DateTime time => Add(time.ToString(TimeFormat, CultureInfo.InvariantCulture)),
        byte[] bytes => Append(Kind.Bytes, bytes),

        // Nothing of ours is stored so; only an edit leaves it.
        _ => Add(Encoding.UTF8.GetBytes($"{value.GetType().Name} {Convert.ToString(value, CultureInfo.InvariantCulture)}")),
    };

    /// <param name="utf8">A text as its bytes lie in the database, with whatever a reader of strings would leave out.</param>
    public AuditEncoding AddText(byte[] utf8) => Append(Kind.Text, utf8);

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private AuditEncoding Append(Kind kind, byte[] value)
    {
        Span<byte> head = [(byte)kind, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(head[1..], value.Length);
        _bytes.Write(head);
        _bytes.Write(value);
        return this;
    }

    private static byte[] BigEndian(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
