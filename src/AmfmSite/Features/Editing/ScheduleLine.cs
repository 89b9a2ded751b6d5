using AmfmSite.Features.Content;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Features.Editing;

/// <summary>One scheduled change as the desk shows it.</summary>
/// <param name="When">On the desk's clock.</param>
public sealed record ScheduleLine(int Id, string Kind, string Key, ScheduledDeed Deed, int Number, string When, string By, ScheduledState State, string Fault)
{
    public string What => Deed == ScheduledDeed.Publish ? $"Publish revision {Number}" : "Take it off the site";

    /// <returns>What waits or failed unread, of one record or of all, the next first.</returns>
    public static async Task<IReadOnlyList<ScheduleLine>> ReadAsync(AmfmDbContext db, DateTimeZone zone, int? itemId, CancellationToken cancellation)
    {
        var rows = await (
            from change in db.ScheduledChanges
            join item in db.ContentItems on change.ItemId equals item.Id
            where (itemId == null || change.ItemId == itemId) && (change.State == ScheduledState.Waiting || (change.State == ScheduledState.Failed && !change.IsSeen))
            orderby change.DueAt, change.Id
            select new { Change = change, item.Kind, item.Key }).AsNoTracking().ToListAsync(cancellation);
        return rows.ConvertAll(row => new ScheduleLine(
            row.Change.Id, row.Kind, row.Key, row.Change.Deed, row.Change.Number, ScheduleTime.Say(row.Change.DueAt, zone), row.Change.StaffName, row.Change.State, row.Change.Fault));
    }
}
