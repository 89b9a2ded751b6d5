namespace AmfmSite.Features.Content;

/// <summary>Addresses that are no pages of the content pack, and that its texts may link to by id all the same.</summary>
public static class SitePaths
{
    public const string Ask = "/request-a-call", Search = "/search", WhichLevel = "/levels-of-care/which", MyRequest = "/my-request";

    public static readonly IReadOnlyDictionary<string, string> ById = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["request-a-call"] = Ask,
        ["search"] = Search,
        ["which-level"] = WhichLevel,
        ["my-request"] = MyRequest,
    };
}
