namespace AmfmSite.Features.Content;

/// <summary>Something in the content that must be mended before it can be published.</summary>
/// <param name="File">Path within the pack.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record ContentFault(string File, int Line, string Message)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}
