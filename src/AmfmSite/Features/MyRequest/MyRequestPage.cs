using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;
using AmfmSite.Features.Desk;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Features.MyRequest;

/// <summary>Reads what the page of somebody's own request shows.</summary>
public sealed class MyRequestPage(AmfmDbContext db, Vault vault, PublishedContent published, PublicPromises promises, MyRequestToken tokens, TimeProvider clock)
{
    /// <returns>Null when the token is too old or not ours, and after a withdrawal.</returns>
    public async Task<MyRequestView?> ReadAsync(string token, CancellationToken cancellation)
    {
        var request = tokens.Read(token) is { } id ? await db.CallbackRequests.AsNoTracking().SingleOrDefaultAsync(request => request.Id == id, cancellation) : null;
        if (request is null or { IsWithdrawnOnline: true }) return null;
        var (now, rules) = (Instant.FromDateTimeOffset(clock.GetUtcNow()), request.OpenSafeContact(vault));
        var next = Next(request);
        var isLate = published.Current.Desk.Confirmed && next is { } due && due.End < now && State(request) is OwnState.Received or OwnState.Opened or OwnState.Tried;
        return new MyRequestView
        {
            Content = published.Current,
            Token = token,
            State = State(request),
            Reference = Reference.Show(request.Reference),
            Window = isLate || !request.IsCallPlanned || request.IsClosed ? "" : CallWindow.InWords(published.Current.Desk, request.Day, request.Part, request.TimeZone, OnOneDay(next, request, now), now),
            IsLate = isLate,
            Tries = request.Tries,
            NumberIsWrong = request.NumberIsWrong,
            HasPhone = request.Phone is not null,
            HasEmail = request.Email is not null,
            Day = request.Day,
            Part = request.Part,
            WhyNoOtherWindow = request.WhyNoOtherWindow,
            Rules = rules ?? new(),
            CanTighten = rules is not null && rules != new SafeContact() && !request.IsClosed,
            RetentionDays = promises.RetentionDays,
            MailHoldsContact = promises.MailHoldsContact,
        };
    }

    public async Task<IActionResult> ShowAsync(Controller own, string token, string? done, string? problem, int status, CancellationToken cancellation)
    {
        if (await ReadAsync(token, cancellation) is not { } view) return Gone(own);
        own.Response.StatusCode = status;

        // What was chosen and could not be done stays chosen.
        if (problem is not null && own.Request.HasFormContentType)
            view = view with { Day = Answer.Choice(own.Request.Form[nameof(OwnWindowForm.Day)], view.Day), Part = Answer.Choice(own.Request.Form[nameof(OwnWindowForm.Part)], view.Part) };
        return own.View("Show", view with { Done = done, Problem = problem });
    }

    /// <summary>410, and the way back.</summary>
    public IActionResult Gone(Controller own)
    {
        own.Response.StatusCode = StatusCodes.Status410Gone;
        return own.View("Over", published.Current);
    }

    private static OwnState State(CallbackRequest request) => request switch
    {
        { IsClosed: true } => OwnState.Closed,
        { Status: RequestState.ScreeningBooked } => OwnState.Screening,
        { Status: RequestState.Reached } => OwnState.Spoken,
        { Tries: > 0 } => OwnState.Tried,
        { OpenedAt: not null } => OwnState.Opened,
        _ => OwnState.Received,
    };

    /// <summary>The window as it was named to the caller, or after a try as the desk has planned it; null when nothing was named.</summary>
    private static Interval? Next(CallbackRequest request) => request.FirstAttemptAt is null && !request.WasReopened
        ? request.Promised
        : request.IsCallPlanned ? new(request.DueFrom.ToInstant(), request.DueAt.ToInstant()) : null;

    /// <summary>Hours can be named only within one day that is not over; otherwise the wish stands for them.</summary>
    private static Interval? OnOneDay(Interval? window, CallbackRequest request, Instant now) =>
        window is { } next && DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.TimeZone) is { } zone
        && next.Start.InZone(zone).Date is var date && date == next.End.InZone(zone).Date && date >= now.InZone(zone).Date ? window : null;
}
