using AmfmSite.Features.Intake;
using NodaTime;

namespace AmfmSite.UnitTests.Features.Intake;

public sealed class DeskLoadTests
{
    [Theory]
    [InlineData(7, 3, true, "7 calls are due until 18:00 today. That is 3 at most for each of 3 people.")]
    [InlineData(6, 3, true, "6 calls are due until 18:00 today. That is 2 for each of 3 people.")]
    [InlineData(1, 1, true, "One call is due until 18:00 today. One person is planned at the desk.")]
    [InlineData(4, 0, false, "4 calls are due until the desk closes on Monday, at 18:00. Nobody is planned at the desk that day.")]
    [InlineData(4, null, true, "4 calls are due until 18:00 today.")]
    [InlineData(0, 3, true, "No call is due until 18:00 today.")]
    public void InWords_SaysWhatIsDueAndForHowMany(int due, int? people, bool today, string words) =>
        Assert.Equal(words, new DeskLoad(due, new LocalDateTime(2026, 11, 23, 18, 0).InUtc(), people, today).InWords());

    [Fact]
    public void InWords_UnconfirmedOrNeverOpen_NamesNoHour()
    {
        Assert.Equal("2 calls are due until the end of today.", new DeskLoad(2, new LocalDateTime(2026, 11, 24, 0, 0).InUtc(), null, true).InWords());
        Assert.Equal("2 calls are due by now, and the desk is not open within three weeks.", new DeskLoad(2, null, null, true).InWords());
    }
}
