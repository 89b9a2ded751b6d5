using System.Text;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.UnitTests.Architecture;

namespace AmfmSite.UnitTests.Features.Content.Pictures;

/// <summary>What is taken of pictures by their bytes, and what is left of them.</summary>
public sealed class PictureCleanerTests
{
    private static readonly byte[] Zip = [.. "PK\x03\x04"u8, .. Encoding.ASCII.GetBytes(TestPictures.Secret)];

    private static readonly byte[] Notes = [.. Encoding.ASCII.GetBytes($"Comment\0{TestPictures.Secret}<script>alert(1)</script>")];

    private static readonly Dictionary<string, (byte[] Bytes, string Extension, int Width, int Height)> Taken = new(StringComparer.Ordinal)
    {
        ["png"] = (TestPictures.Png(), "png", 8, 8),
        ["png of the largest side"] = (TestPictures.Png(4000, 1), "png", 4000, 1),
        ["png with notes, colours and a picture behind it"] = ([.. TestPictures.Png(before: [.. TestPictures.Chunk("gAMA", [0, 1, 0, 0]), .. TestPictures.Chunk("tEXt", Notes), .. TestPictures.Chunk("eXIf", TestPictures.Exif(1))]), .. Zip], "png", 8, 8),
        ["jpeg"] = (TestPictures.Jpeg(), "jpg", 16, 12),
        ["jpeg of a camera"] = (TestPictures.JpegOfACamera(), "jpg", 16, 12),
        ["jpeg with a small copy, colours and a second picture"] = ([.. TestPictures.Jpeg(before: [.. TestPictures.Jfif([.. Encoding.ASCII.GetBytes(TestPictures.Secret + ".")]), .. TestPictures.Segment(0xE2, [.. "ICC_PROFILE\0\x01\x01"u8, 1, 2]), .. TestPictures.Segment(0xE2, [.. "MPF\0"u8, .. Zip]), .. TestPictures.Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1, .. Zip]), .. TestPictures.Segment(0xED, Notes)]), .. TestPictures.JpegOfACamera()], "jpg", 16, 12),
        ["jpeg with fill bytes"] = (TestPictures.Jpeg(before: [0xFF, 0xFF, .. TestPictures.Segment(0xFE, Notes)]), "jpg", 16, 12),
        ["webp"] = (TestPictures.Webp(), "webp", 9, 7),
        ["webp of a camera"] = ([.. TestPictures.WebpExtended(after: [TestPictures.RiffChunk("EXIF", TestPictures.Exif(1)), TestPictures.RiffChunk("XMP ", Notes), TestPictures.RiffChunk("ABCD", Notes)]), .. Zip], "webp", 9, 7),
        ["svg"] = (TestPictures.Svg("<rect width=\"3\" height=\"2\"/>"), "svg", 30, 20),
        ["svg with a size"] = (TestPictures.Svg("<path d=\"M0 0L1 1\"/>", "width=\"60px\" height=\"40\" viewBox=\"0,0 30 20\"", "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- made -->\n"), "svg", 60, 40),
        ["svg without limits"] = (TestPictures.Svg("<circle r=\"9\"/>", "width=\"100%\" height=\"100%\" viewBox=\"0 0 100000 50000\""), "svg", 4000, 2000),
        ["svg in UTF-16"] = ([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"><text>ü</text></svg>")], "svg", 4, 3),
    };

    private static readonly Dictionary<string, (byte[] Bytes, string Says)> Refused = new(StringComparer.Ordinal)
    {
        ["nothing"] = ([], "empty"),
        ["too many bytes"] = ([.. TestPictures.Png(), .. new byte[PictureFile.MostBytes]], "more than 2 MB"),
        ["gif"] = ([.. "GIF89a"u8, .. TestPictures.Png()], "none of PNG"),
        ["gif that is a png later"] = ([.. "GIF89a/*"u8, .. TestPictures.Png()], "none of PNG"),
        ["zip"] = (Zip, "none of PNG"),
        ["words"] = ("A picture."u8.ToArray(), "none of PNG"),
        ["html"] = ("<!doctype html><script>alert(1)</script>"u8.ToArray(), "cannot be read"),
        ["html without a doctype"] = ("<html><body/></html>"u8.ToArray(), "no SVG"),
        ["png of a hundred thousand"] = (TestPictures.Png(100_000, 100_000), "100000 by 100000"),
        ["png of no size"] = (TestPictures.Png(0, 8), "0 by 8"),
        ["png of more than there is"] = (TestPictures.Png(uint.MaxValue, 8), "broken"),
        ["png with a wrong sum"] = (Changed(TestPictures.Png(), 20), "broken"),
        ["png without a picture"] = ([.. TestPictures.Png()[..33], .. TestPictures.Chunk("IEND", [])], "broken"),
        ["png with two headers"] = (TestPictures.Png(before: TestPictures.Png()[8..33]), "broken"),
        ["png with an unknown part that draws"] = (TestPictures.Png(before: TestPictures.Chunk("ABCD", [1])), "broken"),
        ["png with a profile that is none"] = (TestPictures.Png(before: TestPictures.Chunk("sRGB", Notes)), "broken"),
        ["png that lies"] = (TestPictures.Png(before: TestPictures.Chunk("eXIf", TestPictures.Exif(6))), "save it upright"),
        ["jpeg that lies"] = (TestPictures.JpegOfACamera(6), "save it upright"),
        ["jpeg that lies, written the other way round"] = (TestPictures.Jpeg(before: TestPictures.Segment(0xE1, [.. "Exif\0\0"u8, .. TestPictures.Exif(8, little: false)])), "save it upright"),
        ["jpeg too wide"] = (TestPictures.Jpeg(4001), "4001 by 12"),
        ["jpeg of no height"] = (TestPictures.Jpeg(16, 0), "16 by 0"),
        ["jpeg without a picture"] = ([0xFF, 0xD8, 0xFF, 0xD9], "broken"),
        ["jpeg in arithmetic"] = ([.. TestPictures.Jpeg()[..71], 0xFF, 0xC9, .. TestPictures.Jpeg()[73..]], "browsers do not draw"),
        ["webp that moves"] = (TestPictures.WebpExtended(flags: 0x02), "moves"),
        ["webp that moves without saying so"] = (TestPictures.WebpExtended(after: TestPictures.RiffChunk("ANMF", [1, 2])), "moves"),
        ["webp of two sizes"] = (TestPictures.WebpExtended(canvas: 10), "broken"),
        ["webp too wide"] = (TestPictures.Webp(4001), "4001 by 7"),
        ["webp that lies"] = (TestPictures.WebpExtended(after: TestPictures.RiffChunk("EXIF", TestPictures.Exif(3))), "save it upright"),
        ["svg without a view box"] = (TestPictures.Svg("<rect width=\"3\" height=\"2\"/>", "width=\"3\" height=\"2\""), "viewBox"),
        ["svg with half a view box"] = (TestPictures.Svg("<rect width=\"3\" height=\"2\"/>", "viewBox=\"0 0 NaN 2\""), "viewBox"),
        ["svg of nothing"] = (TestPictures.Svg("<defs><rect width=\"3\" height=\"2\"/></defs><g/>"), "Nothing is drawn"),
        ["svg of a photograph"] = (TestPictures.Svg("<image href=\"data:image/png;base64,AA==\"/>"), "Left out: image"),
        ["svg of no name"] = ("<svg viewBox=\"0 0 1 1\"><rect/></svg>"u8.ToArray(), "no SVG"),
        ["svg that ends early"] = ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><rect/>"u8.ToArray(), "cannot be read"),
        ["svg with more behind it"] = ([.. TestPictures.Svg("<rect/>"), .. "<script/>"u8], "cannot be read"),
        ["svg with a bomb"] = (TestPictures.Svg("<text>&b;</text>", before: "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"), "document type"),
        ["svg with a file of ours"] = (TestPictures.Svg("<text>&x;</text>", before: "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"), "document type"),
        ["svg with an entity that nobody declared"] = (TestPictures.Svg("<text>&x;</text>"), "cannot be read"),
        ["svg ten thousand deep"] = (TestPictures.Svg(string.Concat(Enumerable.Repeat("<g>", 10_000)) + "<rect/>" + string.Concat(Enumerable.Repeat("</g>", 10_000))), "64 deep"),
        ["svg that draws itself"] = (TestPictures.Svg("<g id=\"a\"><use href=\"#a\"/></g>"), "hold themselves"),
        ["svg that draws a billion"] = (TestPictures.Svg("<g id=\"a0\"><rect/></g>" + string.Concat(Enumerable.Range(1, 9).Select(i => $"<g id=\"a{i}\">{string.Concat(Enumerable.Repeat($"<use href=\"#a{i - 1}\"/>", 10))}</g>"))), "more than 50,000 parts"),
        ["svg of a long chain"] = (TestPictures.Svg("<rect/>" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<linearGradient id=\"g{i}\" href=\"#g{i + 1}\"/>"))), "hold themselves"),
    };

    public static TheoryData<string> Good => [.. Taken.Keys];

    public static TheoryData<string> Bad => [.. Refused.Keys];

    public static TheoryData<string> Attacks => [.. TestPictures.Hostile.Keys];

    [Theory]
    [MemberData(nameof(Good))]
    public void Clean_Good_IsTakenByItsBytesAndHoldsNothingElse(string name)
    {
        var (bytes, extension, width, height) = Taken[name];
        var clean = PictureCleaner.Clean(bytes);
        Assert.Equal((extension, width, height), (clean.Format.Extension, clean.Width, clean.Height));
        Assert.DoesNotContain(TestPictures.Secret, Encoding.Latin1.GetString(clean.Bytes), StringComparison.Ordinal);
        Assert.True(PictureFile.IsName(clean.Name), clean.Name);

        // An import cleans again what was cleaned here, and finds the same.
        var again = PictureCleaner.Clean(clean.Bytes);
        Assert.Equal(clean.Bytes, again.Bytes);
        Assert.Equal((clean.Name, clean.Width, clean.Height), (again.Name, again.Width, again.Height));
        Assert.Empty(again.LeftOut);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Clean_Bad_IsRefusedInWords(string name)
    {
        var fault = Assert.Throws<PictureRefusedException>(() => PictureCleaner.Clean(Refused[name].Bytes));
        Assert.Contains(Refused[name].Says, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A copy that broke off, at every place where it can.</summary>
    [Theory]
    [MemberData(nameof(Good))]
    public void Clean_CutAnywhere_IsRefusedOrWasWholeBefore(string name)
    {
        var whole = PictureCleaner.Clean(Taken[name].Bytes).Bytes;
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<PictureRefusedException>(() => PictureCleaner.Clean(whole[..length]));
    }

    /// <summary>One byte at a time is made another: it is taken or refused, never anything else.</summary>
    [Theory]
    [MemberData(nameof(Good))]
    public void Clean_SpoiledAnywhere_EndsInAPictureOrInWords(string name)
    {
        var bytes = Taken[name].Bytes;
        for (var at = 0; at < bytes.Length; at++)
        {
            try
            {
                var clean = PictureCleaner.Clean(Changed(bytes, at));
                Assert.Equal(clean.Bytes, PictureCleaner.Clean(clean.Bytes).Bytes);
            }
            catch (PictureRefusedException)
            {
            }
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Clean_HostileSvg_KeepsNothingThatRunsOrLoads(string name)
    {
        var clean = PictureCleaner.Clean(TestPictures.Svg(TestPictures.Hostile[name] + "<circle r=\"3\"/>", "viewBox=\"0 0 9 9\" onload=\"alert(1)\" xml:base=\"https://evil.example/\""));
        var text = Encoding.UTF8.GetString(clean.Bytes);
        foreach (var trace in new[] { "evil.example", "javascript", "data:", "<script", "onload", "onclick", "<image", "<a ", "<style", "style=", "animate", "<set", "foreignObject", "<!--", "<?", "xlink", "base" })
            Assert.DoesNotContain(trace, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<circle r=\"3\"", text, StringComparison.Ordinal);
        Assert.NotEmpty(clean.LeftOut);
        Assert.Equal(clean.Bytes, PictureCleaner.Clean(clean.Bytes).Bytes);
    }

    [Fact]
    public void Clean_SvgOfADrawingProgram_KeepsItsLooksAndSaysWhatIsLeftOut()
    {
        var clean = PictureCleaner.Clean(TestPictures.Svg(
            "<metadata>by</metadata><i:view xmlns:i=\"http://example.org/i\"/><defs><linearGradient id=\"sky\"><stop offset=\"0\" style=\"stop-color:#abc;stop-opacity:.5\"/></linearGradient><linearGradient id=\"dusk\" xlink:href=\"#sky\" gradientTransform=\"rotate(90)\"/></defs>"
            + "<g id=\"all\" class=\"c\" fill=\"red\" style=\"fill: url(#dusk) ; stroke:rgb(1, 2, 3)\" transform=\"translate(1,2)scale(2)\" clip-path=\"url('#c')\"><path d=\"M0 0\n L1 1\"/><text font-family=\"'Times New Roman', serif\">A &lt; B <tspan>C</tspan></text></g><use xlink:href=\"#all\" x=\"4\"/>"));
        var text = Encoding.UTF8.GetString(clean.Bytes);
        foreach (var kept in new[] { "stop-color=\"#abc\"", "stop-opacity=\".5\"", "href=\"#sky\"", "rotate(90)", "fill=\"url(#dusk)\"", "stroke=\"rgb(1, 2, 3)\"", "translate(1,2)scale(2)", "clip-path=\"url('#c')\"", "d=\"M0 0 L1 1\"", "'Times New Roman', serif", "A &lt; B <tspan>C</tspan>", "<use href=\"#all\" x=\"4\"" })
            Assert.Contains(kept, text, StringComparison.Ordinal);
        Assert.Equal(["metadata", "parts of other programs"], clean.LeftOut);
    }

    /// <summary>A drawing that is added to the site can be named by records, and has a preview for messengers.</summary>
    [Fact]
    public void Drawings_OfTheSite_AreThoseThatShip()
    {
        var directory = Path.Combine(Repository.Root, "src", "AmfmSite", "wwwroot", "pictures");
        var drawn = Directory.GetFiles(Path.Combine(directory, "og"), "*.png").Select(file => Path.GetFileNameWithoutExtension(file) + ".svg").Order(StringComparer.Ordinal);
        Assert.Equal(drawn, Picture.Drawings.Order(StringComparer.Ordinal));
        Assert.All(Picture.Drawings, file => Assert.True(File.Exists(Path.Combine(directory, file)), file));
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= 0x55;
        return changed;
    }
}
