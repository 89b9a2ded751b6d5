namespace AmfmSite.Features.Editing;

/// <summary>A deed to one revision. A class, not a record: MVC logs action arguments through ToString.</summary>
public sealed class RevisionForm
{
    /// <summary>The revision that is meant.</summary>
    public int Number { get; set; }

    /// <summary>Number of the newest revision when the page was drawn.</summary>
    public int BasedOn { get; set; }

    public string? Reason { get; set; }

    /// <summary>What a reviewer says.</summary>
    public string? Note { get; set; }

    /// <returns>What is wrong with it, or null.</returns>
    internal static string? Problem(string text, int longest, string missing) =>
        text.Length == 0 ? missing : text.Length > longest ? $"Write {longest} characters at most." : null;
}
