using System.Globalization;
using AmfmSite.Storage;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// The ids of all requests that were deleted or withdrawn, in a file beside the keys: backups of the database from before
/// still hold them. Whatever is named here is deleted again when it comes back (<see cref="Retention.DeleteAgainAsync"/>).
/// </summary>
/// <remarks>A line is <c>2026-11-22T10:00:00Z 6ad3b9fa-e446-470f-89c9-1007e87a47dc</c>; lines that are not are passed over. Nothing personal.</remarks>
public sealed class DeletionLog(string path)
{
    private readonly NoteFile _file = new(path);

    /// <exception cref="IOException">It cannot be read.</exception>
    public HashSet<Guid> Read() => [.. _file.Lines().Select(Id).OfType<Guid>()];

    /// <summary>Adds ids and waits until the disk has them.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Append(DateTime at, params IEnumerable<Guid> ids) =>
        _file.Append(ids.Select(id => string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd'T'HH:mm:ss'Z'} {id}")));

    private static Guid? Id(string line) => line.Split(' ') is [_, var word] && Guid.TryParseExact(word, "D", out var id) ? id : null;
}
