using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>One record with everything that was ever written of it.</summary>
/// <param name="Address">Where visitors see it, or empty.</param>
/// <param name="History">Newest first.</param>
/// <param name="NeedsReview">What is not live yet needs a second person before it may be.</param>
/// <param name="MayReview">Null when the reader may review the newest revision; otherwise why not, or empty when they are no reviewer.</param>
/// <param name="Uses">What refers to it: what a change of it touches.</param>
/// <param name="Changed">Whether something is typed and not saved, and when.</param>
public sealed record ItemView(
    EditedKind Kind, ContentItem Item, string Name, string Address, IReadOnlyList<RevisionLine> History, bool NeedsReview, string? MayReview, bool IsEditor,
    DateTime? Changed, UsesView Uses, string Done, Trouble? Trouble, string Note = "", string Reason = "")
{
    /// <summary>For the record of redirects: those that are live.</summary>
    public IReadOnlyList<RedirectLine> Redirects { get; init; } = [];

    /// <summary>What waits for its time, or could not be done and nobody has read it yet.</summary>
    public IReadOnlyList<ScheduleLine> Schedule { get; init; } = [];

    /// <summary>It is before visitors, or will be, and the site can do without it.</summary>
    public bool CanLeave => (Item.LiveNumber is not null || Schedule.Any(line => line is { Deed: ScheduledDeed.Publish, State: ScheduledState.Waiting })) && !EditedKind.Stays(Item.Kind, Item.Key);

    /// <summary>Which clock a time is on, and what it shows.</summary>
    public string ZoneHint { get; init; } = "";

    /// <summary>A time as it was typed, when it could not be set.</summary>
    public ScheduleForm? Typed { get; init; }

    /// <summary>A link to a draft, just made.</summary>
    public PreviewLink? Link { get; init; }

    /// <summary>Of a picture's record: what its newest revision names.</summary>
    public EditedPicture? Picture { get; init; }

    public string Path => EditedItems.PathOf(Item);

    public RevisionLine Newest => History[0];

    public RevisionLine? Live => History.FirstOrDefault(line => line.Number == Item.LiveNumber);

    /// <summary>Since when the live revision is live.</summary>
    public DateTime? Since => Live?.Events.LastOrDefault(happened => happened.Kind == ContentEventKind.Published)?.At ?? Live?.At;

    /// <summary>The newest revision may be published now.</summary>
    public bool Ready => Item.HasDraft && (!NeedsReview || Newest.IsApproved);

    /// <summary>An older one that was approved, while the newest is not.</summary>
    public RevisionLine? ReadyBefore => Ready ? null : History.FirstOrDefault(line => line.Number > (Item.LiveNumber ?? 0) && line.IsApproved);
}

/// <summary>Why something was not done.</summary>
public sealed record Trouble(string Heading, string Says, IReadOnlyList<string> Lines)
{
    /// <summary>Why something was not put before visitors or taken from them, with the status of the answer; null for a fault that is none of theirs.</summary>
    internal static (int Status, Trouble Trouble)? Of(string heading, Exception fault) => fault switch
    {
        ContentNotApprovedException => (StatusCodes.Status409Conflict, new(heading, fault.Message, [])),
        ContentMovedException => (StatusCodes.Status409Conflict, new(heading, "Something else happened to it in the meantime. Look at it again.", [])),
        ContentFaultException { Faults: var faults } => (StatusCodes.Status422UnprocessableEntity, new(heading, "The site as it would be then has faults. Mend these first:", [.. faults.Select(line => line.ToString())])),
        _ => null,
    };
}
