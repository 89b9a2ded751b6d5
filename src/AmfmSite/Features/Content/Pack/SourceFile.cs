namespace AmfmSite.Features.Content.Pack;

/// <summary>One record as it is written: its kind and key, the file it belongs to, and its text.</summary>
public sealed record SourceFile(string Kind, string Key, string Path, string Text);
