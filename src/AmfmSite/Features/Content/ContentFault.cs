namespace AmfmSite.Features.Content;

/// <summary>Something in the content that must be mended before it can be published.</summary>
/// <param name="File">Path within the pack.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Rule">One of <see cref="ContentRules"/>: by it the editing desk sorts faults into its checklist (<see cref="PublishGate"/>).</param>
public sealed record ContentFault(string File, int Line, string Message, string Rule)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message} [{Rule}]" : $"{File}: {Message} [{Rule}]";
}
