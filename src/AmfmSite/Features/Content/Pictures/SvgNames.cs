using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace AmfmSite.Features.Content.Pictures;

/// <summary>What an SVG may be made of. Everything else is left out: a list of what is harmless ends, one of what is dangerous does not.</summary>
internal static partial class SvgNames
{
    public const string Namespace = "http://www.w3.org/2000/svg", XLink = "http://www.w3.org/1999/xlink";

    /// <summary>Elements that draw something by themselves.</summary>
    public static readonly FrozenSet<string> Drawing = FrozenSet.Create("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use");

    /// <summary>Elements that are drawn only where another one names them.</summary>
    public static readonly FrozenSet<string> Stored = FrozenSet.Create("defs", "symbol", "clipPath", "mask", "linearGradient", "radialGradient");

    /// <summary>Elements that hold words.</summary>
    public static readonly FrozenSet<string> Words = FrozenSet.Create("title", "desc", "text", "tspan");

    public static readonly FrozenSet<string> Elements = FrozenSet.Create([.. Drawing, .. Stored, .. Words, "g", "stop"]);

    /// <summary>Attributes, written as their property in a style attribute or by themselves.</summary>
    public static readonly FrozenSet<string> Attributes = FrozenSet.Create(
    [
        "id", "x", "y", "width", "height", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "d", "points", "dx", "dy", "rotate", "textLength", "lengthAdjust", "pathLength",
        "transform", "gradientTransform", "gradientUnits", "spreadMethod", "offset", "clipPathUnits", "maskUnits", "maskContentUnits", "viewBox", "preserveAspectRatio", "refX", "refY",
        "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset",
        "opacity", "color", "stop-color", "stop-opacity", "clip-path", "clip-rule", "mask", "mask-type", "font-family", "font-size", "font-weight", "font-style", "font-stretch", "font-variant",
        "text-anchor", "text-decoration", "dominant-baseline", "alignment-baseline", "baseline-shift", "letter-spacing", "word-spacing", "writing-mode", "direction", "display", "visibility", "overflow",
        "paint-order", "vector-effect", "shape-rendering", "text-rendering", "color-interpolation", "lang",
    ]);

    /// <summary>Elements that may name another one of the same picture by href.</summary>
    public static readonly FrozenSet<string> Linking = FrozenSet.Create("use", "linearGradient", "radialGradient");

    /// <summary>Attributes by which one element names another.</summary>
    public static readonly FrozenSet<string> Naming = FrozenSet.Create("fill", "stroke", "clip-path", "mask");

    /// <summary>Left out without a word: they draw nothing, and every drawing program writes them.</summary>
    public static readonly FrozenSet<string> Silent = FrozenSet.Create("version", "baseProfile", "class", "enable-background", "role");

    /// <summary>Functions that a value may hold; none of them fetches anything.</summary>
    private static readonly FrozenSet<string> Functions = FrozenSet.Create("matrix", "translate", "scale", "rotate", "skewX", "skewY", "rgb", "rgba", "hsl", "hsla");

    /// <returns>The id that the value names in this picture: "url(#sky)" or "#sky"; otherwise null.</returns>
    public static string? Named(string name, string value) =>
        name == "href" ? (Fragment().Match(value) is { Success: true } fragment ? fragment.Groups[1].Value : null)
        : Naming.Contains(name) && Url().Match(value) is { Success: true } url ? url.Groups[1].Value : null;

    /// <summary>Whether an attribute of a name that is allowed may have this value.</summary>
    public static bool IsHarmless(string name, string value) =>
        name is "id" ? Id().IsMatch(value)
        : name is "href" || value.Contains("url", StringComparison.OrdinalIgnoreCase) ? Named(name, value) is not null
        : value.IndexOfAny(['\\', '<', '>', '@', '{', '}', ';']) < 0 && !value.Contains("/*", StringComparison.Ordinal) && Function().Matches(value).All(function => Functions.Contains(function.Groups[1].Value));

    [GeneratedRegex(@"\A[\w.:-]{1,200}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A#([\w.:-]{1,200})\z")]
    private static partial Regex Fragment();

    [GeneratedRegex(@"\Aurl\(\s*[""']?#([\w.:-]{1,200})[""']?\s*\)(?:\s+[0-9A-Za-z#]{1,30})?\z")]
    private static partial Regex Url();

    // A name is bounded, so that a value of two megabytes is read once and not once from each of its signs.
    [GeneratedRegex(@"([^\s,()]{0,40})\s?\(")]
    private static partial Regex Function();
}
