namespace AmfmSite.Features.CallbackRequests;

/// <summary>How, and how not, somebody may be reached. Kept sealed; the defaults are the most discreet.</summary>
public sealed record SafeContact(
    VoicemailRule Voicemail = VoicemailRule.No,
    bool SayWho = false,
    bool Text = false,
    bool EmailSafe = false,
    string OthersMayAnswer = "")
{
    /// <summary>Whether anything is allowed here that the other does not allow, or somebody else may answer than there.</summary>
    public bool IsLooserThan(SafeContact other) =>
        Voicemail > other.Voicemail || (SayWho && !other.SayWho) || (Text && !other.Text) || (EmailSafe && !other.EmailSafe)
        || (OthersMayAnswer.Length > 0 && OthersMayAnswer != other.OthersMayAnswer);
}
