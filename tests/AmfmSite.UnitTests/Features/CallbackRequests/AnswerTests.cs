using AmfmSite.Features.CallbackRequests;
using NodaTime;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("robin@example.org", "robin@example.org")]
    [InlineData(" Robin@Example.ORG ", "Robin@example.org")]
    [InlineData("r.o+b@mail.example.org", "r.o+b@mail.example.org")]
    public void Email_Plausible_IsKept(string typed, string kept) => Assert.Equal(kept, Answer.Email(typed));

    [Theory]
    [InlineData("robin")]
    [InlineData("robin@")]
    [InlineData("robin@example")]
    [InlineData("robin@.example.org")]
    [InlineData("robin@example..org")]
    [InlineData("Robin <robin@example.org>")]
    [InlineData("a@example.org, b@example.org")]
    [InlineData("robin at example.org")]
    public void Email_Implausible_IsRefused(string typed) => Assert.Null(Answer.Email(typed));

    [Theory]
    [InlineData("CA", null, "America/Los_Angeles")]
    [InlineData("CA", "America/New_York", "America/Los_Angeles")]
    [InlineData("TX", "America/Denver", "America/Denver")]
    [InlineData("TX", "America/New_York", null)]
    [InlineData("TX", "", null)]
    [InlineData("other", "Pacific/Guam", "Pacific/Guam")]
    [InlineData("other", "Europe/Berlin", null)]
    public void Zone_OfState_IsTheOneThatIsOrWasChosen(string state, string? chosen, string? zone) => Assert.Equal(zone, Answer.Zone(state, chosen));

    [Fact]
    public void Zones_OfAllStates_AreKnownToTheTimeZoneDatabaseAndHaveNames()
    {
        Assert.Equal(56, UsState.All.Count);
        foreach (var state in UsState.All)
        {
            Assert.NotEmpty(state.Zones);
            foreach (var zone in state.Zones)
            {
                Assert.NotNull(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone));
                Assert.NotEqual(zone, UsState.ZoneName(zone));
            }
        }
    }

    [Theory]
    [InlineData(CallDay.Soonest, CallPart.Any, "When our desk is next open")]
    [InlineData(CallDay.Soonest, CallPart.Morning, "When our desk is next open, in the morning, your time (Pacific)")]
    [InlineData(CallDay.Tue, CallPart.Any, "On a Tuesday when our desk is open, your time (Pacific)")]
    [InlineData(CallDay.Mon, CallPart.Morning, "On a Monday when our desk is open, in the morning, your time (Pacific)")]
    [InlineData(CallDay.Wed, CallPart.Afternoon, "On a Wednesday when our desk is open, in the afternoon, your time (Pacific)")]
    [InlineData(CallDay.Fri, CallPart.Evening, "On a Friday when our desk is open, in the early evening, your time (Pacific)")]
    public void Window_WhileHoursAreUnconfirmed_NamesNoClockTime(CallDay day, CallPart part, string words) =>
        Assert.Equal(words, CallWindow.InWords(CallWindowTests.Desk(confirmed: false), day, part, "America/Los_Angeles", promised: null, now: default));
}
