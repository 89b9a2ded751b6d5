using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>Reads the page of the desk's settings.</summary>
public sealed class DeskSettingsPage(AmfmDbContext db, TimeProvider clock)
{
    public const int MostRevisions = 20;

    /// <param name="form">What was typed; null for what is saved.</param>
    public async Task<DeskSettingsView> ReadAsync(DeskSettingsForm? form, bool mayChange, string done, DeskTrouble? trouble, CancellationToken cancellation)
    {
        var record = await DeskRecord.LiveAsync(db, cancellation);
        var (desk, now) = (record.Settings, Instant.FromDateTimeOffset(clock.GetUtcNow()));
        var local = now.InZone(desk.Hours.Zone);
        return new(
            desk,
            form ?? DeskSettingsForm.Of(record.Number, desk),
            mayChange,
            done,
            local.Date,
            $"{local.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture)} {UsState.ZoneName(desk.Hours.Zone.Id)}",
            await db.CallbackRequests.CountAsync(request => request.ClosedAt == null && request.Quarantine == null, cancellation),
            [.. new[] { desk.Hours.Zone.Id, "America/New_York", "Pacific/Honolulu" }.Distinct().Select(zone => Example(desk, zone, now)).OfType<DeskExample>()],
            await HistoryAsync(desk, cancellation),
            trouble);
    }

    /// <summary>Brings a form that was drawn from an older revision up to the newest, and says what had been saved meanwhile.</summary>
    public async Task<DeskTrouble> MergeAsync(DeskSettingsForm form, CancellationToken cancellation)
    {
        var record = await DeskRecord.LiveAsync(db, cancellation);
        var revisions = await Revisions().Where(revision => revision.Number == form.Revision || revision.Number == record.Number).ToListAsync(cancellation);
        var newest = revisions.Single(revision => revision.Number == record.Number);
        var drawn = revisions.Find(revision => revision.Number == form.Revision) is { } older ? DeskRecord.Read(older.Source) : null;
        form.Merge(DeskSettingsForm.Of(form.Revision, drawn ?? record.Settings), DeskSettingsForm.Of(record.Number, record.Settings));
        return new(
            "Somebody else saved in the meantime",
            $"{newest.Author} saved these settings on {At(newest, record.Settings)}, with the reason “{newest.Reason}”. Nothing of yours has been saved yet. Below stands what you changed together with what they changed; where it is the same field, yours stands. Look at it and save again.",
            drawn is null ? [] : DeskChanges.Between(drawn, record.Settings));
    }

    private IQueryable<ContentRevision> Revisions() =>
        from item in db.ContentItems
        from revision in item.Revisions
        where item.Kind == ContentKinds.Desk && item.Key == DeskRecord.Key
        select revision;

    private async Task<List<DeskRevision>> HistoryAsync(DeskSettings desk, CancellationToken cancellation)
    {
        var revisions = await Revisions().AsNoTracking().OrderByDescending(revision => revision.Number).Take(MostRevisions + 1).ToListAsync(cancellation);
        var settings = revisions.Select(revision => DeskRecord.Read(revision.Source)).ToList();
        return [.. revisions.Take(MostRevisions).Select((revision, i) => new DeskRevision(
            revision.Number, At(revision, desk), revision.Author, revision.Reason,
            i + 1 < settings.Count && settings[i] is { } after && settings[i + 1] is { } before ? DeskChanges.Between(before, after) : []))];
    }

    private static string At(ContentRevision revision, DeskSettings desk) =>
        $"{revision.CreatedAt.ToInstant().InZone(desk.Hours.Zone).LocalDateTime.ToString("MMM d, uuuu, HH:mm", CultureInfo.InvariantCulture)} {UsState.ZoneName(desk.Hours.Zone.Id)}";

    private static DeskExample? Example(DeskSettings desk, string zone, Instant now) => CallWindow.Next(desk.Hours, CallDay.Soonest, CallPart.Any, zone, now) is { } window
        ? new(UsState.ZoneName(zone), CallWindow.InWords(desk with { Confirmed = true }, CallDay.Soonest, CallPart.Any, zone, window, now))
        : null;
}
