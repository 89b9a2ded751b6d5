using AmfmSite.Features.LevelGuide;


namespace AmfmSite.UnitTests.Features.LevelGuides;

public sealed class LevelGuideRulesTests
{
    private static readonly string[] Ladder = ["outpatient", "intensive-outpatient", "virtual-iop", "partial-hospitalization", "residential"];

    [Fact]
    public void Suggest_AnyAnswers_NamesOneToFourLevelsFromSmallToLargeEachOnceWithAReason()
    {
        foreach (var answers in All())
        {
            var found = LevelGuide.Suggest(answers);
            var places = found.Select(suggestion => Array.IndexOf(Ladder, suggestion.LevelId)).ToList();
            Assert.InRange(found.Count, 1, 4);
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Distinct().Order(), places);
            Assert.All(found, suggestion => Assert.True(suggestion.Because.Length > 20));
        }
    }

    /// <summary>The larger step is never the only one for somebody who has tried nothing and whose home is no part of the trouble.</summary>
    [Fact]
    public void Suggest_NothingTried_NeverResidentialAlone()
    {
        foreach (var answers in All().Where(answers => answers is { Tried: "nothing", Home: not "worse" }))
            Assert.NotEqual(["residential"], LevelGuide.Suggest(answers).Select(suggestion => suggestion.LevelId));
    }

    [Fact]
    public void Suggest_NoRoomToSpeak_NeverCareByVideo()
    {
        foreach (var answers in All().Where(answers => answers.Room == "no"))
            Assert.DoesNotContain(LevelGuide.Suggest(answers), suggestion => suggestion.LevelId == "virtual-iop");
    }

    [Theory]
    [InlineData("manage", "nothing", "can", "fine", "outpatient")]
    [InlineData("effort", "nothing", "can", "fine", "outpatient,intensive-outpatient")]
    [InlineData("effort", "weekly", "can", "fine", "intensive-outpatient")]
    [InlineData("effort", "weekly", "hard", "fine", "intensive-outpatient,virtual-iop")]
    [InlineData("effort", "weekly", "cannot", "fine", "virtual-iop")]
    [InlineData("plain", "weekly", "can", "fine", "intensive-outpatient,partial-hospitalization")]
    [InlineData("plain", "program", "can", "fine", "partial-hospitalization,residential")]
    [InlineData("effort", "program", "can", "worse", "intensive-outpatient,partial-hospitalization,residential")]
    public void Suggest_Answers_GiveTheseLevels(string days, string tried, string way, string home, string levels) =>
        Assert.Equal(levels.Split(','), LevelGuide.Suggest(new() { Days = days, Tried = tried, Way = way, Home = home }).Select(suggestion => suggestion.LevelId));

    private static IEnumerable<LevelGuideForm> All() =>
        from days in new[] { null, "manage", "effort", "plain" }
        from tried in new[] { null, "nothing", "weekly", "program" }
        from way in new[] { null, "can", "hard", "cannot" }
        from room in new[] { null, "yes", "no" }
        from home in new[] { null, "fine", "worse", "unsafe" }
        select new LevelGuideForm { Days = days, Tried = tried, Way = way, Room = room, Home = home };
}
