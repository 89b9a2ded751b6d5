namespace AmfmSite.Storage.Sealing;

/// <summary>What came of opening a sealed value: its text, nothing because none was given, or a value that cannot be read.</summary>
public readonly struct Opened
{
    private readonly string? _text;

    private Opened(string? text, bool unreadable)
    {
        _text = text;
        IsUnreadable = unreadable;
    }

    public static Opened Nothing => new(null, false);

    public static Opened Unreadable => new(null, true);

    /// <summary>The key is lost or the bytes were changed. Never shown as empty: somebody wrote something here.</summary>
    public bool IsUnreadable { get; }

    public bool HasText => _text is not null;

    public string? TextOrNull => _text;

    public static Opened Of(string text) => new(text, false);

    /// <summary>For people: the text, "Cannot be read", or empty.</summary>
    public string ForDisplay => IsUnreadable ? "Cannot be read" : _text ?? "";

    /// <summary>Says no personal value, so that a log that prints it stays clean.</summary>
    public override string ToString() => IsUnreadable ? "[unreadable]" : HasText ? "[opened]" : "[nothing]";
}
