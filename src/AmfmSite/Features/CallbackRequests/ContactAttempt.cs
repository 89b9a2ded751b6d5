using AmfmSite.Features.Desk;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>One try to reach a caller. Never changed afterwards; made by <see cref="CallbackRequest.Attempt"/> alone.</summary>
public sealed class ContactAttempt
{
    private ContactAttempt() { }

    internal ContactAttempt(CallbackRequest request, ContactChannel channel, AttemptResult result, Guid staffId, DateTime now)
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(now, TimeSpan.Zero));
        RequestId = request.Id;
        Channel = channel;
        Result = result;
        StaffId = staffId;
        At = now;
        var theirs = now.ToInstant().InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.TimeZone) ?? DateTimeZone.Utc);
        (TheirDate, TheirHour) = (theirs.Date.ToDateOnly(), theirs.Hour);
    }

    public Guid Id { get; private set; }
    public Guid RequestId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }

    public Guid StaffId { get; private set; }
    public ContactChannel Channel { get; private set; }
    public AttemptResult Result { get; private set; }

    /// <summary>The date on the caller's wall; the cap of a day counts by it.</summary>
    public DateOnly TheirDate { get; private set; }

    /// <summary>0 to 23 on the caller's clock; the figures of when people are reached count by it.</summary>
    public int TheirHour { get; private set; }

    /// <summary>We tried; it was not the caller who called.</summary>
    public bool IsOurs => Channel != ContactChannel.TheyCalled;

    /// <summary>What can come of this channel.</summary>
    public static IReadOnlyList<AttemptResult> ResultsOf(ContactChannel channel) => channel switch
    {
        ContactChannel.Phone =>
        [
            AttemptResult.Reached, AttemptResult.NoVoicemail, AttemptResult.NeutralVoicemail, AttemptResult.Voicemail,
            AttemptResult.Busy, AttemptResult.SomebodyElseAnswered, AttemptResult.WrongNumber, AttemptResult.AskedToStop,
        ],
        ContactChannel.Text => [AttemptResult.MessageSent, AttemptResult.Reached, AttemptResult.WrongNumber, AttemptResult.AskedToStop],
        ContactChannel.Email => [AttemptResult.MessageSent, AttemptResult.Reached, AttemptResult.AskedToStop],
        _ => [AttemptResult.Reached, AttemptResult.AskedToStop],
    };
}
