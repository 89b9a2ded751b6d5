using System.Collections.Concurrent;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Properties;

/// <summary>One request, what everybody was told that they did to it, and whether the database agrees.</summary>
internal sealed class WatchedRequest(Guid id, string reference, string ownPage)
{
    private readonly ConcurrentDictionary<AuditAction, int> _done = new();
    private RequestState? _state = RequestState.New;
    private int _seen;

    public Guid Id => id;
    public string Reference => reference;
    public string OwnPage => ownPage;

    /// <summary>Deleted, or taken back by its caller.</summary>
    public bool IsGone { get; private set; }

    public int? MailsWhenGone { get; set; }

    public void Done(AuditAction action) => _done.AddOrUpdate(action, 1, (_, count) => count + 1);

    /// <summary>To be called when nobody acts on it.</summary>
    public async Task CheckAsync(SiteHost site)
    {
        var (row, entries, attempts, notes, mails) = await site.InDatabaseAsync(async db => (
            await db.CallbackRequests.AsNoTracking().SingleOrDefaultAsync(request => request.Id == id),
            await db.AuditEntries.AsNoTracking().Where(entry => entry.RequestId == id).OrderBy(entry => entry.At).ToListAsync(),
            await db.ContactAttempts.CountAsync(attempt => attempt.RequestId == id),
            await db.RequestNotes.CountAsync(note => note.RequestId == id),
            await db.OutboxMessages.CountAsync(message => message.RequestId == id)));

        // Whoever was told "done" did it, with one trace; and there is no trace of what nobody was told.
        int Traces(AuditAction action) => entries.Count(entry => entry.Action == action);
        foreach (var action in new[] { AuditAction.RequestClaimed, AuditAction.RequestReleased, AuditAction.ContactAttempted, AuditAction.ScreeningBooked, AuditAction.NoteAdded, AuditAction.RequestClosed, AuditAction.RequestReopened, AuditAction.LetThrough, AuditAction.WithdrawnOnline })
            Assert.True(_done.GetValueOrDefault(action) == Traces(action), $"{action} was done {_done.GetValueOrDefault(action)} times and has {Traces(action)} traces");
        Assert.Equal(row is null ? 1 : 0, Traces(AuditAction.RequestDeleted));

        var state = row?.Status;
        var fresh = entries.Where(entry => entry.Action is AuditAction.ContactAttempted or AuditAction.ScreeningBooked or AuditAction.RequestClosed or AuditAction.RequestReopened or AuditAction.WithdrawnOnline or AuditAction.RequestDeleted).ToList();
        Assert.True(IsWay(_state, state, fresh.Skip(_seen).ToList()), $"From {_state} to {state?.ToString() ?? "deleted"} by {string.Join(", ", fresh.Skip(_seen).Select(entry => $"{entry.Action} {entry.Detail}"))}");
        (_state, _seen) = (state, fresh.Count);
        IsGone = row is null or { IsWithdrawnOnline: true };
        if (row is null)
        {
            Assert.Equal((0, 0, 0), (attempts, notes, mails));
            return;
        }

        Assert.Equal(_done.GetValueOrDefault(AuditAction.ContactAttempted), attempts);
        if (IsGone) Assert.Equal(0, notes);
        else Assert.InRange(notes, _done.GetValueOrDefault(AuditAction.NoteAdded), _done.GetValueOrDefault(AuditAction.NoteAdded) + attempts);
        Assert.Equal(row.IsClosed, row is { ClosedAt: not null, Outcome: not null });
        if (row.IsClosed) Assert.Equal((null, null, false), (row.ClaimedById, row.RepeatKey, row.IsCallPlanned));
        if (row.StoppedAt is not null) Assert.True(row.IsClosed, "They asked us to stop, and it is open");
    }

    /// <summary>Whether these entries, in some order, lead from one state to the other; null is deleted.</summary>
    private static bool IsWay(RequestState? from, RequestState? to, List<AuditEntry> entries) => entries.Count == 0
        ? from == to
        : entries.Exists(entry => from is { } state && TryMove(state, entry, out var next) && IsWay(next, to, [.. entries.Where(other => other != entry)]));

    private static bool TryMove(RequestState from, AuditEntry entry, out RequestState? to)
    {
        (var may, to) = entry.Action switch
        {
            AuditAction.RequestDeleted => (from == RequestState.Closed, (RequestState?)null),
            AuditAction.RequestReopened => (from == RequestState.Closed, RequestState.New),
            AuditAction.RequestClosed or AuditAction.WithdrawnOnline => (from != RequestState.Closed, RequestState.Closed),
            AuditAction.ScreeningBooked => (from is RequestState.Reached or RequestState.ScreeningBooked, RequestState.ScreeningBooked),
            _ when entry.Detail.EndsWith(nameof(AttemptResult.AskedToStop), StringComparison.Ordinal) => (from != RequestState.Closed, RequestState.Closed),
            _ when entry.Detail.EndsWith(nameof(AttemptResult.Reached), StringComparison.Ordinal) => (from != RequestState.Closed, from == RequestState.ScreeningBooked ? from : RequestState.Reached),
            _ => (from != RequestState.Closed, from == RequestState.New ? RequestState.Attempting : from),
        };
        return may;
    }
}
