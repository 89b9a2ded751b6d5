using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

public sealed class SafeContactTests
{
    private static readonly SafeContact Discreet = new();
    private static readonly SafeContact Open = new(VoicemailRule.Yes, SayWho: true, Text: true, EmailSafe: true, "My sister");

    public static TheoryData<SafeContact> EachOneStep() =>
    [
        Discreet with { Voicemail = VoicemailRule.Neutral },
        Discreet with { SayWho = true },
        Discreet with { Text = true },
        Discreet with { EmailSafe = true },
        Discreet with { OthersMayAnswer = "My sister" },
    ];

    [Theory]
    [MemberData(nameof(EachOneStep))]
    public void IsLooserThan_OneThingMoreIsAllowed_IsLooserAndTheOtherWayIsNot(SafeContact step)
    {
        Assert.True(step.IsLooserThan(Discreet));
        Assert.False(Discreet.IsLooserThan(step));
        Assert.False(step.IsLooserThan(Open with { Voicemail = step.Voicemail }));
    }

    [Fact]
    public void IsLooserThan_TheSame_IsNot()
    {
        Assert.False(Open.IsLooserThan(Open));
        Assert.False(Discreet.IsLooserThan(Discreet));
    }

    [Fact]
    public void IsLooserThan_SomebodyElseMayAnswer_IsLooser() => Assert.True((Open with { OthersMayAnswer = "My neighbor" }).IsLooserThan(Open));

    [Fact]
    public void IsLooserThan_ANeutralVoicemailWhereAnyWasAllowed_IsNot()
    {
        Assert.False((Open with { Voicemail = VoicemailRule.Neutral }).IsLooserThan(Open));
        Assert.True(Open.IsLooserThan(Open with { Voicemail = VoicemailRule.Neutral }));
    }
}
