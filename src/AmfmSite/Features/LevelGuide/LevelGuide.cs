namespace AmfmSite.Features.LevelGuide;

/// <summary>A level to read about, and which answers lead there.</summary>
public sealed record LevelSuggestion(string LevelId, string Because);

/// <summary>
/// Which levels of care to read about after a few answers. It follows what each level is for (Content/levels), names no
/// illness and decides nothing: a clinician does, after an assessment, together with the person.
/// </summary>
public static class LevelGuide
{
    /// <returns>From the smallest step to the largest; at least one.</returns>
    public static IReadOnlyList<LevelSuggestion> Suggest(LevelGuideForm answers)
    {
        var (days, tried, way) = (answers.Days, answers.Tried, answers.Way);
        var found = new List<LevelSuggestion>();
        if (days == "manage" && tried is not "program")
            Add("outpatient", tried == "weekly" ? "most of your days work, so the next step may be a different therapist or method rather than more hours" : "most of your days work, and an hour a week can be a steady beginning");
        else if (tried == "nothing" && days is not "plain")
            Add("outpatient", "you have not had treatment yet, and this is the smallest step that is one");

        var several = days == "effort" ? "most days cost you a great effort" : tried == "weekly" ? "an hour a week has not been enough" : "";
        if (several.Length > 0 && way is not "cannot") Add("intensive-outpatient", several);
        if (answers.Room is not "no" && (way == "cannot" || several.Length > 0 && way == "hard"))
            Add("virtual-iop", way == "cannot" ? "the way there is the obstacle, and this begins where you are" : $"{several}, and the way is hard");
        if (days == "plain" || tried == "program" && days is not "manage")
            Add("partial-hospitalization", days == "plain" ? "the plain things often do not work, and a program that fills the day can hold you" : "a program of several sessions a week has not been enough");
        if (answers.Home == "worse" || tried == "program" && days == "plain" || days == "plain" && way == "cannot")
            Add("residential", answers.Home == "worse" ? "home keeps the trouble going, and this is treatment away from it" : tried == "program" ? "a program from home has not been enough" : "the plain things often do not work, and coming in each day is not possible");
        if (found.Count == 0) Add("outpatient", "nothing you answered speaks for a larger step first");
        return found;

        void Add(string level, string because) => found.Add(new(level, because));
    }
}
