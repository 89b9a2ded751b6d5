using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

public sealed class CallbackFormReaderTests
{
    private static readonly DeskChannels Both = new(Voicemail: true, Text: true);

    [Fact]
    public void Read_EverythingAnswered_IsKeptAsMeant()
    {
        var answers = CallbackFormReader.Read(Full(), Both);
        Assert.Equal((CallFor.Someone, "Robin", "TX", "America/Denver"), (answers.For, answers.Name, answers.State, answers.TimeZone));
        Assert.Equal(("+14155550123", "robin@example.org"), (answers.Phone, answers.Email));
        Assert.Equal(new SafeContact(VoicemailRule.Yes, SayWho: true, Text: true, EmailSafe: true, "My sister"), answers.SafeContact);
        Assert.Equal((CallDay.Tue, CallPart.Evening), (answers.Day, answers.Part));
        Assert.Equal(new RequestDetails("Brother", Aware: true, "An insurer", "Spanish", "A quiet line", PhoningIsHard: true), answers.Details);
        Assert.Equal(("sleep", "residential", "la-jolla", "Two\nlines"), (answers.Topic, answers.Level, answers.Place, answers.Note));
    }

    [Fact]
    public void Read_OnlyWhatIsRequired_IsTheMostDiscreet()
    {
        var answers = CallbackFormReader.Read(new() { For = "self", Name = "Robin", State = "CA", Phone = "415-555-0123", Topic = "", Note = " " }, Both);
        Assert.Equal((new SafeContact(), new RequestDetails()), (answers.SafeContact, answers.Details));
        Assert.Equal((CallDay.Soonest, CallPart.Any), (answers.Day, answers.Part));
        Assert.Equal((null, null, null, null, null), (answers.Email, answers.Topic, answers.Level, answers.Place, answers.Note));
    }

    [Fact]
    public void Read_WithoutANumber_KeepsNoRuleOfThePhone()
    {
        var form = Full();
        form.Phone = "";
        Assert.Equal(new SafeContact(EmailSafe: true, OthersMayAnswer: "My sister"), CallbackFormReader.Read(form, Both).SafeContact);
    }

    [Fact]
    public void Read_WithoutAnAddress_KeepsNoRuleOfMail()
    {
        var form = Full();
        form.Email = "";
        Assert.False(CallbackFormReader.Read(form, Both).SafeContact.EmailSafe);
    }

    [Theory]
    [InlineData(true, false, VoicemailRule.Yes, false)]
    [InlineData(false, true, VoicemailRule.No, true)]
    public void Read_AChannelTheDeskHasSwitchedOff_IsNotKept(bool voicemail, bool text, VoicemailRule kept, bool mayText)
    {
        var rules = CallbackFormReader.Read(Full(), new DeskChannels(voicemail, text)).SafeContact;
        Assert.Equal((kept, mayText), (rules.Voicemail, rules.Text));
    }

    [Fact]
    public void Read_ForOneself_KeepsNothingAboutARelationship()
    {
        var form = Full();
        form.For = "self";
        var details = CallbackFormReader.Read(form, Both).Details;
        Assert.Equal(("", null), (details.Relationship, details.Aware));
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    [InlineData("", null)]
    public void Read_ForSomebodyElse_KeepsWhetherTheyKnow(string answer, bool? aware)
    {
        var form = Full();
        form.Aware = answer;
        Assert.Equal(aware, CallbackFormReader.Read(form, Both).Details.Aware);
    }

    [Theory]
    [InlineData("no")]
    [InlineData(null)]
    public void Read_WithoutAYes_AllowsNothing(string? answer)
    {
        var form = Full();
        (form.Voicemail, form.SayWho, form.Text, form.EmailSafe, form.PhoningIsHard, form.OthersMayAnswer) = (answer, answer, answer, answer, answer, "");
        var answers = CallbackFormReader.Read(form, Both);
        Assert.Equal((new SafeContact(), false), (answers.SafeContact, answers.Details.PhoningIsHard));
    }

    private static CallbackForm Full() => new()
    {
        For = "someone",
        Name = " Robin ",
        State = "TX",
        TimeZone = "America/Denver",
        Phone = "415-555-0123",
        Email = "robin@Example.org",
        Voicemail = "yes",
        SayWho = "yes",
        Text = "yes",
        EmailSafe = "yes",
        OthersMayAnswer = "My sister",
        Day = "tue",
        Part = "evening",
        Relationship = "Brother",
        Aware = "yes",
        Insurer = "An insurer",
        Language = "Spanish",
        Access = "A quiet line",
        PhoningIsHard = "yes",
        Topic = "sleep",
        Level = "residential",
        Place = "la-jolla",
        Note = "Two\r\nlines",
    };
}
