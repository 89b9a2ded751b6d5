using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Features.Staff;
using AmfmSite.Storage;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary><c>content forget-picture</c>.</summary>
internal sealed class PictureCommands(AmfmDbContext db, TimeProvider clock)
{
    /// <summary>For somebody who took their consent back: the bytes go, the history of the record stays and can bring nothing back.</summary>
    public async Task<int> ForgetAsync(CommandLine command)
    {
        command.Only("file");
        var name = command.Required("file");
        var shown = (await PublishedContent.LiveAsync(db, CancellationToken.None)).Where(record => PackPictures.Named([record]).Contains(name)).Select(record => record.Path).ToList();
        if (shown.Count > 0) return CommandLine.Fault($"{name} is published: {string.Join(", ", shown)}. Take the record down at the editing desk first, or publish it with another file. Nothing was deleted.");
        if (await db.PictureFiles.SingleOrDefaultAsync(file => file.Name == name) is not { } picture)
            return CommandLine.Fault($"No uploaded picture is stored as \"{name}\". The name is what stands as `file:` in its record, such as 0123456789abcdef.jpg.");
        db.PictureFiles.Remove(picture);
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, AuditAction.PictureDeleted, staffId: null, requestId: null, name));
        await db.SaveChangesAsync();
        if (!await db.ForgetDeletedAsync(CancellationToken.None)) CommandLine.Talk("Somebody was reading just now: its bytes leave the database's log with the next hourly run.");
        CommandLine.Result($"{name} is deleted.");
        CommandLine.Talk("Running sites forget it within an hour, at a restart at once. It is still in backups, in packs that were exported, and for a day in browsers that have seen it. Drafts and former revisions that name it cannot be published any more.");
        return 0;
    }
}
