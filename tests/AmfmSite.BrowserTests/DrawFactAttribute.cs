namespace AmfmSite.BrowserTests;

/// <summary>Runs where DRAW is 1, and then writes files into the project.</summary>
public sealed class DrawFactAttribute : FactAttribute
{
    public DrawFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("DRAW") != "1") Skip = "Draws the pictures for shared links anew when DRAW is 1.";
    }
}
