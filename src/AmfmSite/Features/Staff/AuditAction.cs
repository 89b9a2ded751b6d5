namespace AmfmSite.Features.Staff;

/// <summary>Everything that leaves a trace.</summary>
public enum AuditAction
{
    RequestReceived, QueueViewed, RequestViewed, RequestNotFound, NumberRevealed, RequestClaimed, RequestReleased, RequestClosed, RequestDeleted,
    QuarantineLeft, SignedIn, SignInRefused, SignedOut, StaffInvited, PasswordSet, StaffDisabled,
}
