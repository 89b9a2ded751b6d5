namespace AmfmSite.UnitTests.Architecture;

/// <summary>Where the sources are that these tests read.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static readonly string Source = Path.Combine(Root, "src", "AmfmSite");

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "AmfmSite.sln"))) directory = directory.Parent;
        return directory.FullName;
    }
}
