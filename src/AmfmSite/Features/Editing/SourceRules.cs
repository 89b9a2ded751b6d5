using System.Text;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Editing;

/// <summary>What a text typed at the desk must keep to before the compiler reads it: how long it may be, and that two people's texts are one.</summary>
internal static class SourceRules
{
    public static readonly string TooLong = $"This text is longer than {ContentRevision.MostBytes / 1024} KB. Nobody reads so much on one page; make several of it.";

    public static bool IsTooLong(string source) => Encoding.UTF8.GetByteCount(source) > ContentRevision.MostBytes;

    public static List<ContentFault> Check(SourceFile file)
    {
        if (IsTooLong(file.Text)) return [new(file.Path, 0, TooLong, ContentRules.Size)];
        return [.. WordDiff.Lines(file.Text).Index()
            .Where(line => line.Item is LineMerge.Begin or LineMerge.Middle or LineMerge.End)
            .Select(line => new ContentFault(file.Path, line.Index + 1, "A mark of putting two texts together still stands here.", ContentRules.Pack))];
    }
}
