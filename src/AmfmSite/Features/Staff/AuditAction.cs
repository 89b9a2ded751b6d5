namespace AmfmSite.Features.Staff;

/// <summary>Everything that leaves a trace.</summary>
public enum AuditAction
{
    RequestReceived, QueueViewed, RequestViewed, RequestNotFound, NumberRevealed, RequestClaimed, RequestReleased, RequestClosed, RequestDeleted,
    QuarantineLeft, SignedIn, SignInRefused, SignedOut, StaffInvited, PasswordSet, StaffDisabled,
    PasskeyAdded, PasskeyRenamed, PasskeyRemoved, AuthenticatorSet, RecoveryCodesMade, SignedOutEverywhere, RoleGiven, RoleTaken, StaffEnabled, LockoutLifted, FactorsReset, AccountsViewed, AccessRefused,
    ContactAttempted, NoteAdded, ScreeningBooked, RequestReopened, LetThrough, DuplicateJudged, BenefitWritten, FiguresViewed,
    DeskSettingsChanged, DeskHoursConfirmed, DueMoved,
    Searched,
    AuditRead, RequestsExported,
    OwnWindowChosen, OwnRulesTightened, WithdrawnOnline,
    DatabaseRestored, OutboxReleased,
    ContentSaved, ContentRestored, ContentPublished, ContentUnpublished, ContentApproved, ContentReturned, ContentShared, ContentScheduled, ContentScheduleCancelled, ContentScheduleFailed, PictureDeleted,
}
