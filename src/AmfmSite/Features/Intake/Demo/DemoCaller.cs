using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;

namespace AmfmSite.Features.Intake.Demo;

/// <summary>Somebody who does not exist: named after a bird and a number, with a telephone number reserved for fiction and an address nobody has.</summary>
internal sealed record DemoCaller(string Name, string State, string TimeZone, string? Phone, string? Email)
{
    /// <summary>In every area code the last hundred of exchange 555 are kept free for fiction.</summary>
    private const int Fictitious = 100;

    private static readonly string[] Birds =
        ["Heron", "Wren", "Plover", "Finch", "Dunlin", "Egret", "Linnet", "Merlin", "Osprey", "Siskin", "Teal", "Avocet", "Bunting", "Curlew", "Dipper", "Swift"];

    private static readonly ((string State, string Zone, string[] AreaCodes) Home, double Weight)[] Homes =
    [
        (("CA", "America/Los_Angeles", ["949", "619", "714", "415"]), 34), (("VA", "America/New_York", ["703", "571"]), 16), (("MN", "America/Chicago", ["651", "612"]), 12),
        (("MD", "America/New_York", ["301"]), 6), (("TX", "America/Chicago", ["512"]), 6), (("AZ", "America/Phoenix", ["602"]), 5), (("OR", "America/Los_Angeles", ["503"]), 5),
        (("WA", "America/Los_Angeles", ["206"]), 4), (("CO", "America/Denver", ["303"]), 4), (("NY", "America/New_York", ["212"]), 4), (("ID", "America/Denver", ["208"]), 2),
        (("AK", "America/Anchorage", ["907"]), 1), (("HI", "Pacific/Honolulu", ["808"]), 2), (("PR", "America/Puerto_Rico", ["787"]), 1), ((UsState.Other, "Pacific/Guam", ["671"]), 1),
    ];

    public static DemoCaller Make(int number, DemoDice dice)
    {
        var (state, zone, areaCodes) = dice.Pick(Homes);
        var bird = Birds[number % Birds.Length];
        var phone = $"+1{areaCodes[number / Fictitious % areaCodes.Length]}55501{number % Fictitious:00}";
        var email = $"test.{bird.ToLowerInvariant()}.{number}@example.org";
        var hasPhone = dice.Chance(.92);
        return new($"Test {bird} {number}", state, zone, hasPhone ? phone : null, !hasPhone || dice.Chance(.45) ? email : null);
    }

    /// <summary>What this person might have answered.</summary>
    public CallbackAnswers Answer(ContentSnapshot content, DemoDice dice)
    {
        var whom = dice.Pick((CallFor.Self, 65), (CallFor.Someone, 28), (CallFor.Professional, 7));
        var day = dice.Pick((CallDay.Soonest, 70), (dice.Pick([CallDay.Mon, CallDay.Tue, CallDay.Wed, CallDay.Thu, CallDay.Fri]), 30));
        return new CallbackAnswers
        {
            For = whom,
            Name = Name,
            State = State,
            TimeZone = TimeZone,
            Phone = Phone,
            Email = Email,
            SafeContact = new(
                Phone is null ? VoicemailRule.No : dice.Pick((VoicemailRule.No, 45), (VoicemailRule.Neutral, 35), (VoicemailRule.Yes, 20)),
                Phone is not null && dice.Chance(.3),
                Phone is not null && dice.Chance(.35),
                Email is not null && dice.Chance(.6),
                dice.Chance(.1) ? "A made-up sister may answer" : ""),
            Day = day,
            Part = dice.Pick((CallPart.Any, 60), (CallPart.Morning, 15), (CallPart.Afternoon, 17), (CallPart.Evening, 8)),
            Details = new(
                whom == CallFor.Someone ? dice.Pick(["Parent", "Partner", "Friend"]) : whom == CallFor.Professional ? "Therapist" : "",
                whom == CallFor.Self ? null : dice.Chance(.7),
                dice.Chance(.4) ? dice.Pick(["Example Health", "Sample Mutual"]) : "",
                dice.Chance(.08) ? "Spanish" : "",
                dice.Chance(.05) ? "Captions, please" : "",
                dice.Chance(.12)),
            Topic = dice.Pick<string?>(("isolation", 34), ("agoraphobia", 12), ("anxiety", 18), ("low-mood", 16), ("trauma", 6), ("other", 3), (null, 11)),
            Level = dice.Chance(.5) ? dice.Pick([.. content.Levels.Select(level => level.Id), "not-sure"]) : null,
            Place = dice.Chance(.55) ? dice.Pick([.. content.Locations.Select(place => place.Id)]) : null,
            Note = dice.Pick<string?>((null, 78), ("Made up for the demonstration.", 18), ("Made up for the demonstration. The word suicide stands here so that this is read first.", 4)),
        };
    }
}
