namespace AmfmSite.Features.Editing;

/// <summary>Everything of one kind.</summary>
/// <param name="Drafts">How many drafts wait beside what is live, by kind.</param>
/// <param name="Schedule">What waits for its time in any kind, or could not be done and nobody has read it yet.</param>
/// <param name="Total">Records of the kind, before the filter.</param>
public sealed record ListView(EditedKind Kind, ListFilter Filter, IReadOnlyList<ListRow> Rows, int Total, IReadOnlyDictionary<string, int> Drafts, IReadOnlyList<ScheduleLine> Schedule);

/// <summary>What is asked for. A class, since it is bound.</summary>
public sealed class ListFilter
{
    public const int WordsLength = 100;

    public string? Kind { get; set; }
    public string? Words { get; set; }

    /// <summary>"drafts", "review", "due" or "unused"; anything else shows everything.</summary>
    public string? Show { get; set; }

    /// <summary>Whether a text holds every one of these words, in any case and order.</summary>
    internal static bool Fits(string? words, string text) =>
        Array.TrueForAll((words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    public bool IsOn => !string.IsNullOrWhiteSpace(Words) || Show is "drafts" or "review" or "due" or "unused";
}

/// <summary>A record in the list.</summary>
/// <param name="Address">Where visitors see it; empty where it has no page of its own or is not live.</param>
/// <param name="Since">Since when the live revision is live.</param>
/// <param name="Draft">Number of the newest revision, when it is not live.</param>
/// <param name="Review">"Waits", "Approved", "Returned", or null when no draft needs one.</param>
/// <param name="Unused">Nothing live names it; always false for kinds that nothing needs to name.</param>
/// <param name="Due">When the page must be reviewed again.</param>
public sealed record ListRow(string Key, string Name, string Address, int? Live, DateTime? Since, int? Draft, string Author, string? Review, DateOnly? Due, bool Overdue, bool Unused);
