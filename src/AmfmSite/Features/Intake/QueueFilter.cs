using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.Features.Intake;

/// <summary>Which part of the queue somebody looks at, as the address says it: nothing personal. What it does not know it takes for "all".</summary>
public sealed record QueueFilter
{
    public const string Path = "/intake", Open = "open", Quarantine = "quarantine", Closed = "closed", Me = "me", Nobody = "nobody";

    /// <summary>Farther than anybody turns over.</summary>
    private const int LastPage = 100_000;

    /// <summary>The tab: open, quarantine or closed.</summary>
    public string? Show { get; init; }

    /// <summary>State of work of the open ones: "new", "attempting", "reached", "screeningbooked".</summary>
    public string? State { get; init; }

    /// <summary>Id of a place of treatment.</summary>
    public string? Place { get; init; }

    /// <summary>Who holds the open ones: "me" or "nobody".</summary>
    public string? With { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; }

    public static IReadOnlyList<RequestState> States { get; } = [RequestState.New, RequestState.Attempting, RequestState.Reached, RequestState.ScreeningBooked];

    public bool IsOpenTab => Show == Open;

    /// <summary>It leaves something out of this tab.</summary>
    public bool IsNarrow => Place is not null || IsOpenTab && (State is not null || With is not null);

    /// <summary>With everything that is not known taken away.</summary>
    /// <param name="places">Ids of the places of treatment.</param>
    public QueueFilter Known(IEnumerable<string> places) => new()
    {
        Show = Show is Quarantine or Closed ? Show : Open,
        State = States.Select(Value).FirstOrDefault(state => state == State),
        Place = places.FirstOrDefault(place => place == Place),
        With = With is Me or Nobody ? With : null,
        Page = Math.Clamp(Page, 1, LastPage),
    };

    /// <summary>Its address: "/intake?state=new&amp;page=2".</summary>
    public string Address(string path = Path)
    {
        var query = new (string Name, string? Value)[]
        {
            ("show", Show == Open ? null : Show), ("state", State), ("place", Place), ("with", With), ("page", Page > 1 ? $"{Page}" : null),
        };
        var said = query.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").ToList();
        return said.Count == 0 ? path : $"{path}?{string.Join('&', said)}";
    }

    /// <summary>Of the requests of this tab, those that fit.</summary>
    /// <param name="now">UTC.</param>
    public IQueryable<CallbackRequest> Narrow(IQueryable<CallbackRequest> requests, Guid staffId, DateTime now)
    {
        if (Place is not null) requests = requests.Where(request => request.Place == Place);
        if (!IsOpenTab) return requests;
        if (Enum.TryParse<RequestState>(State, ignoreCase: true, out var state)) requests = requests.Where(request => request.Status == state);
        return With switch
        {
            Me => requests.Where(request => request.ClaimedById == staffId && request.ClaimedUntil > now),
            Nobody => requests.Where(request => request.ClaimedById == null || request.ClaimedUntil <= now),
            _ => requests,
        };
    }

    public static string Value(RequestState state) => state.ToString().ToLowerInvariant();
}
