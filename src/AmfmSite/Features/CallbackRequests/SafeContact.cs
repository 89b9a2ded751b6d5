namespace AmfmSite.Features.CallbackRequests;

/// <summary>How, and how not, somebody may be reached. Kept sealed; the defaults are the most discreet.</summary>
public sealed record SafeContact(
    VoicemailRule Voicemail = VoicemailRule.No,
    bool SayWho = false,
    bool Text = false,
    bool EmailSafe = false,
    string OthersMayAnswer = "");
