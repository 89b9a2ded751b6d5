namespace AmfmSite.Features.CallbackRequests;

/// <summary>When we call, in words. While the desk's hours are unconfirmed no clock time is named and no day is promised.</summary>
public static class CallWindow
{
    public static string InWords(CallDay day, CallPart part, string zoneId)
    {
        var when = day == CallDay.Soonest ? "When our desk is next open" : $"On a {DayName(day)} when our desk is open";
        var inPart = part switch
        {
            CallPart.Morning => ", in the morning",
            CallPart.Afternoon => ", in the afternoon",
            CallPart.Evening => ", in the early evening",
            _ => "",
        };
        return part == CallPart.Any && day == CallDay.Soonest ? when : $"{when}{inPart}, your time ({UsState.ZoneName(zoneId)})";
    }

    public static string DayName(CallDay day) => day switch
    {
        CallDay.Mon => "Monday",
        CallDay.Tue => "Tuesday",
        CallDay.Wed => "Wednesday",
        CallDay.Thu => "Thursday",
        CallDay.Fri => "Friday",
        CallDay.Sat => "Saturday",
        CallDay.Sun => "Sunday",
        _ => "",
    };
}
