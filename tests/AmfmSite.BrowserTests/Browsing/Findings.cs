namespace AmfmSite.BrowserTests.Browsing;

/// <summary>Everything that was found on all pages, told in one go and in full.</summary>
public static class Findings
{
    public static void None(IReadOnlyCollection<string> found) => Assert.True(found.Count == 0, string.Join('\n', found));
}
