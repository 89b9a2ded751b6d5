using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AmfmSite.Features.Content.Pictures;

/// <summary>
/// Where pictures lie: in the database, and the bytes of those asked for lately in memory, so that they go out without the
/// database and while it is away. Whether one may be seen is asked elsewhere.
/// </summary>
public sealed class PictureShelf(IServiceScopeFactory scopes) : IDisposable
{
    /// <summary>Bytes that are kept in memory at most, on each instance.</summary>
    public const long MostBytes = 16 * PictureFile.MostBytes;

    /// <summary>A file never changes, but it can be deleted, by a command that no running site hears of.</summary>
    private static readonly TimeSpan LongestKept = TimeSpan.FromHours(1);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <returns>Null when no such file is stored.</returns>
    public async Task<StoredPicture?> FindAsync(string name, CancellationToken cancellation)
    {
        if (_kept.TryGetValue(name, out StoredPicture? kept)) return kept;
        await using var scope = scopes.CreateAsyncScope();
        var read = await scope.ServiceProvider.GetRequiredService<AmfmDbContext>().PictureFiles.Where(file => file.Name == name)
            .Select(file => new StoredPicture(file.MediaType, file.Bytes)).SingleOrDefaultAsync(cancellation);
        if (read is not null) _kept.Set(name, read, new MemoryCacheEntryOptions { Size = read.Bytes.Length, AbsoluteExpirationRelativeToNow = LongestKept });
        return read;
    }

    /// <summary>The same bytes twice are one file. One whose record is then refused stays, seen by nobody.</summary>
    public async Task StoreAsync(PictureFile file, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmfmDbContext>();
        if (await db.PictureFiles.AnyAsync(stored => stored.Name == file.Name, cancellation)) return;
        db.PictureFiles.Add(file);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (db.PictureFiles.AsNoTracking().Any(stored => stored.Name == file.Name))
        {
            // Somebody uploaded the same one in this moment.
        }
    }

    public void Dispose() => _kept.Dispose();
}

/// <summary>What is sent of a picture.</summary>
public sealed record StoredPicture(string MediaType, byte[] Bytes);
