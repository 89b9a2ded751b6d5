namespace AmfmSite.Features.CallbackRequests;

/// <summary>What came of a try. <see cref="NoVoicemail"/> is "nobody answered, and nothing was left".</summary>
public enum AttemptResult
{
    Reached, NoVoicemail, NeutralVoicemail, Voicemail, Busy, SomebodyElseAnswered, MessageSent, WrongNumber, AskedToStop,
}
