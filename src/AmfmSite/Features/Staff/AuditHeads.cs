using System.Globalization;
using AmfmSite.Storage;

namespace AmfmSite.Features.Staff;

/// <summary>
/// The file beside the key in which the heads of the chain are noted. Who cuts entries off the end of the table leaves
/// a head here that the table no longer has; so does who puts back a backup.
/// </summary>
/// <remarks>A line is <c>2026-11-22T10:00:00Z sealed 1234 6f0c…</c> or <c>… verified 1234 6f0c… 0</c>; lines that are neither are passed over.</remarks>
public sealed class AuditHeads(string path)
{
    private const string Sealed = "sealed", Verified = "verified", TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private readonly NoteFile _file = new(path);

    public IReadOnlyList<AuditNote> Read() => [.. _file.Lines().Select(Parse).OfType<AuditNote>()];

    /// <summary>The highest head that was noted.</summary>
    public AuditHead Highest() => Read().Where(note => note.Holds).Select(note => note.Head).DefaultIfEmpty(AuditHead.Start).MaxBy(head => head.Sequence)!;

    /// <summary>Adds a line and waits until the disk has it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Append(AuditNote note) => _file.Append(string.Create(
        CultureInfo.InvariantCulture,
        $"{note.At.ToString(TimeFormat, CultureInfo.InvariantCulture)} {(note.TellsOfSealing ? Sealed : Verified)} {note.Head.Sequence} {(note.Head.Seal.Length > 0 ? note.Head.Seal : "-")} {note.Findings}").TrimEnd());

    private static AuditNote? Parse(string line)
    {
        var words = line.Split(' ');
        if (words.Length < 4
            || !DateTime.TryParseExact(words[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            || !long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return null;
        var head = new AuditHead(sequence, words[3] == "-" ? "" : words[3]);
        return words[1] switch
        {
            Sealed when words.Length == 4 && head.Seal.Length == AuditEntry.SealLength => new(at, head, Findings: null),
            Verified when words.Length == 5 && int.TryParse(words[4], NumberStyles.None, CultureInfo.InvariantCulture, out var findings) => new(at, head, findings),
            _ => null,
        };
    }
}
