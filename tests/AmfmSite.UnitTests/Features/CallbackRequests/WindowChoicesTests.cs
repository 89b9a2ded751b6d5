using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

public sealed class WindowChoicesTests
{
    [Fact]
    public void Days_BeginWithTheSoonestAndNameEachWeekday() =>
        Assert.Equal(
            ["soonest As soon as you can", "mon Monday", "tue Tuesday", "wed Wednesday", "thu Thursday", "fri Friday", "sat Saturday", "sun Sunday"],
            WindowChoices.Days.Select(choice => $"{choice.Value} {choice.Text}"));

    [Fact]
    public void Parts_BeginWithAny() =>
        Assert.Equal(["any Any part of the day", "morning Morning", "afternoon Afternoon", "evening Early evening"], WindowChoices.Parts.Select(choice => $"{choice.Value} {choice.Text}"));

    /// <summary>Each choice is one that the form takes.</summary>
    [Fact]
    public void DaysAndParts_AreTheValuesOfTheForm()
    {
        Assert.Equal(Answer.Values<CallDay>(), WindowChoices.Days.Select(choice => choice.Value));
        Assert.Equal(Answer.Values<CallPart>(), WindowChoices.Parts.Select(choice => choice.Value));
    }
}
