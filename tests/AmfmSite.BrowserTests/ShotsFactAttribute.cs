namespace AmfmSite.BrowserTests;

/// <summary>Runs where SHOTS names a directory for pictures.</summary>
public sealed class ShotsFactAttribute : FactAttribute
{
    public ShotsFactAttribute()
    {
        if (Directory is null) Skip = "Writes pictures of the pages when SHOTS names a directory for them.";
    }

    public static string? Directory => Environment.GetEnvironmentVariable("SHOTS") is { Length: > 0 } named ? Path.GetFullPath(named) : null;
}
