namespace AmfmSite.Features.CallbackRequests;

/// <summary>Whom the call is for; form values self, someone, professional.</summary>
public enum CallFor { Self, Someone, Professional }

/// <summary>When we may call: as soon as possible, or on a weekday of the caller's zone.</summary>
public enum CallDay { Soonest, Mon, Tue, Wed, Thu, Fri, Sat, Sun }

/// <summary>Part of the day in the caller's zone.</summary>
public enum CallPart { Any, Morning, Afternoon, Evening }

/// <summary>May we leave a voicemail; each allows more than the one before.</summary>
public enum VoicemailRule { No, Neutral, Yes }

/// <summary>Where a request stands. Claim, quarantine and "opened" stand beside it, not in it.</summary>
public enum RequestState { New, Attempting, Reached, ScreeningBooked, Closed }

/// <summary>How a closed request ended.</summary>
public enum RequestOutcome
{
    Admitting, WaitingList, ReferredElsewhere, Declined, Unreachable, Withdrawn, Duplicate, Spam, EmergencyHandedOver,
}

/// <summary>Why a request waits apart until a person has looked at it.</summary>
public enum QuarantineReason { Honeypot, TooFast, TooMany }
