namespace AmfmSite.Features.Content;

/// <summary>The path of a page.</summary>
internal static class Slug
{
    public const string Rule = "begins with a slash, has no slash at its end, and holds only small letters, digits, hyphens and slashes.";

    public static bool IsValid(string path) =>
        path.StartsWith('/') && (path.Length == 1 || !path.EndsWith('/')) && path.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '/' or '-');
}
