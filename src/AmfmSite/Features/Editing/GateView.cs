using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Editing;

/// <summary>What stands between a text and its visitors: the checklist, with each fault at its place in the fields of the editor.</summary>
public sealed record GateView(ContentItem Item, EditForm Form, IReadOnlyList<ContentFault> Faults)
{
    private readonly IReadOnlyList<(GateItem Item, IReadOnlyList<ContentFault> Faults)> _points = PublishGate.Sort(Faults);

    /// <summary>Points with a fault in them, in the checklist's order.</summary>
    public IReadOnlyList<(GateItem Item, IReadOnlyList<ContentFault> Faults)> Open => [.. _points.Where(point => point.Faults.Count > 0)];

    public IReadOnlyList<GateItem> Met => [.. _points.Where(point => point.Faults.Count == 0).Select(point => point.Item)];

    public bool IsHeadOpen => Faults.Any(fault => IsHere(fault) && Spot(fault).Field == "Head");

    /// <summary>Lines of the whole text above the part that has a field of its own.</summary>
    private int HeadLines => Form.Head is null ? 0 : WordDiff.Lines(Form.Head.TrimEnd('\n')).Length + 2;

    /// <summary>Where a fault stands, in the words of the editor: "text, line 4".</summary>
    public string Place(ContentFault fault) => fault switch
    {
        _ when !IsHere(fault) => fault.Line > 0 ? $"{fault.File}, line {fault.Line}" : fault.File,
        { Line: 0 } => "this text",
        { Line: var line } when HeadLines == 0 => $"line {line}",
        { Line: var line } when line <= HeadLines => $"head, line {Math.Max(1, line - 1)}",
        { Line: var line } => $"text, line {line - HeadLines}",
    };

    public bool IsHere(ContentFault fault) => fault.File == ContentPack.PathOf(Item.Kind, Item.Key);

    /// <summary>Field, and line within it, for the script that goes there.</summary>
    public (string Field, int Line) Spot(ContentFault fault) => fault.Line > HeadLines || HeadLines == 0 ? ("Body", Math.Max(1, fault.Line - HeadLines)) : ("Head", Math.Max(1, fault.Line - 1));
}
