using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AmfmSite.Features.Content.Pack;

/// <summary>
/// YAML without anchors and aliases, by which a few lines stand for millions, and not nested deeper than anything here is.
/// Faults are thrown as they are read, so nothing grows before them.
/// </summary>
internal sealed class PlainYaml(TextReader text) : IParser
{
    public const int Deepest = 12;

    private readonly Parser _parser = new(text);
    private int _depth;

    public ParsingEvent? Current => _parser.Current;

    /// <exception cref="YamlAnchorException">An anchor or an alias stands here.</exception>
    /// <exception cref="YamlException">It cannot be read, or goes too deep.</exception>
    public bool MoveNext()
    {
        if (!_parser.MoveNext()) return false;
        if (_parser.Current is not { } read) return true;
        if (read is AnchorAlias or NodeEvent { Anchor.IsEmpty: false }) throw new YamlAnchorException(read.Start, read.End);
        _depth += read.NestingIncrease;
        return _depth <= Deepest + 2 ? true : throw new YamlException(read.Start, read.End, $"Lists stand in lists more than {Deepest} deep.");
    }

    internal sealed class YamlAnchorException(in Mark start, in Mark end) : YamlException(start, end, "Anchors (&name) and aliases (*name) are not read here. Write it out, or put quotes around a text that begins so.");
}
