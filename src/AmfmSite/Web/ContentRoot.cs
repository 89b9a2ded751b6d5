namespace AmfmSite.Web;

/// <summary>Where views, pictures and the content pack lie: the project while developing, otherwise beside the program, whatever directory it was started from.</summary>
internal static class ContentRoot
{
    public static string? Find() => File.Exists(Path.Combine(Directory.GetCurrentDirectory(), "AmfmSite.csproj"))
        ? Directory.GetCurrentDirectory()
        : File.Exists(Path.Combine(AppContext.BaseDirectory, "Content", "provider.yaml")) ? AppContext.BaseDirectory : null;
}
