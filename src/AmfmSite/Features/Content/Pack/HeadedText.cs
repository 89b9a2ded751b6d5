namespace AmfmSite.Features.Content.Pack;

/// <summary>A text with front matter, taken apart and put together again without losing a byte.</summary>
public sealed record HeadedText(string Head, string Body)
{
    private const string Fence = "---\n";

    /// <returns>Null when there is no front matter; then the whole text is edited as one.</returns>
    public static HeadedText? Split(string source)
    {
        if (!source.StartsWith(Fence, StringComparison.Ordinal)) return null;
        var end = source.IndexOf("\n" + Fence, Fence.Length - 1, StringComparison.Ordinal);
        return end < 0 ? null : new(source[Fence.Length..(end + 1)], source[(end + 1 + Fence.Length)..]);
    }

    public string Join() => Fence + (Head.Length == 0 || Head.EndsWith('\n') ? Head : Head + "\n") + Fence + Body;
}
