using AmfmSite.Web.Forms;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>The lists from which callers choose when they are called.</summary>
public static class WindowChoices
{
    public static readonly IReadOnlyList<FieldChoice> Days =
        [new("soonest", "As soon as you can"), .. Enum.GetValues<CallDay>().Skip(1).Select(day => new FieldChoice(day.ToString().ToLowerInvariant(), CallWindow.DayName(day)))];

    public static readonly IReadOnlyList<FieldChoice> Parts =
        [new("any", "Any part of the day"), new("morning", "Morning"), new("afternoon", "Afternoon"), new("evening", "Early evening")];
}
