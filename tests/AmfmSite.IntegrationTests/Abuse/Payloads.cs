namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>Addresses that would lead away, written in the ways in which somebody hides that from a check.</summary>
internal static class Payloads
{
    public const string Elsewhere = "evil.example";

    /// <summary>For whatever says where to go next.</summary>
    public static IReadOnlyList<string> Redirects { get; } =
    [
        "https://evil.example/", "http://evil.example", "//evil.example/", "///evil.example/", "////evil.example", "/\\evil.example/", "\\\\evil.example/", "\\/evil.example", "/\\/evil.example", "\\evil.example",
        "https:evil.example", "https:/evil.example", "https:///evil.example", "HTTPS://EVIL.EXAMPLE", "ftp://evil.example/", "javascript:alert(1)", "JaVaScRiPt:alert(1)//", "data:text/html,<script>alert(1)</script>", "vbscript:x", "blob:https://evil.example/x",
        "/%2fevil.example", "%2f%2fevil.example", "/%5cevil.example", "%5c%5cevil.example", "/%2f%2fevil.example%2f..", "/.//evil.example", "/..//evil.example", "/./\\evil.example", "/%2e%2e//evil.example", "/;//evil.example",
        "/\t/evil.example", "\t//evil.example", " //evil.example", "/ /evil.example", "/\r\n/evil.example", "/intake\r\nLocation: https://evil.example", "/%0d%0aLocation:%20https://evil.example", "/%0d%0a%0d%0a<script>alert(1)</script>", "/\u0000/evil.example", "/\v/evil.example",
        "https://localhost@evil.example/", "//localhost:80@evil.example", "/@evil.example", "@evil.example", "https://evil.example#localhost", "https://evil.example?localhost", "https://evil.example\\localhost", "//evil.example\\@localhost", "/intake/../../..//evil.example", "~//evil.example",
        "~/\\evil.example", "/\u2028//evil.example", "/\u202e//elpmaxe.live", "/／evil.example", "／／evil.example", "//evil。example", "/é/ü?q=ñ", "/intake?q=\ud83d\ude42", "?//evil.example", "#//evil.example",
        "/[evil.example]", "//[::1]/", "/intake?next=https://evil.example", "", " ", "/" + "a/b".PadRight(3000, 'x'),
    ];
}
