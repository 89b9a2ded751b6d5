using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AmfmSite.FaultHost;

/// <summary>
/// The faults that are switched on now: a file named like the point, holding one line. The first word is what happens:
/// <c>kill</c> (SIGKILL), <c>hang</c> (until the file is gone), <c>throw</c> (the database answers with an I/O error) or
/// <c>slow 500</c> (milliseconds). <c>once</c> behind it: the first to come takes the file away, also over several
/// processes and restarts. <c>if:TEXT</c>: only where the detail of the point contains the text. <c>arm:POINT</c>: the
/// next to come to that point fails, too.
/// </summary>
internal sealed class FaultBoard(string directory)
{
    private const int IoError = 10;

    /// <summary>Whether a fault that is a state, not an event, is on.</summary>
    public bool Has(string point) => File.Exists(Path.Combine(directory, point));

    /// <summary>A number kept in a file; 0 without one.</summary>
    public double Number(string name) => double.TryParse(Read(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public async Task ReachAsync(string point, string detail = "")
    {
        if (Read(point) is not { } line) return;
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words.Any(word => word.StartsWith("if:", StringComparison.Ordinal) && !detail.Contains(word[3..], StringComparison.Ordinal))) return;
        if (words.Contains("once") && !TryTake(point)) return;
        foreach (var next in words.Where(word => word.StartsWith("arm:", StringComparison.Ordinal)))
            await File.WriteAllTextAsync(Path.Combine(directory, next[4..]), "throw once");
        switch (words[0])
        {
            case "kill":
                Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite);
                break;
            case "hang":
                while (Has(point)) await Task.Delay(20);
                break;
            case "slow":
                await Task.Delay(int.Parse(words[1], CultureInfo.InvariantCulture));
                break;
            case "throw":
                throw new SqliteException("disk I/O error, made by the fault host", IoError);
            default:
                throw new NotSupportedException($"There is no fault \"{words[0]}\".");
        }
    }

    private string? Read(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, name)).Trim();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A file can be moved away by one only.</summary>
    private bool TryTake(string point)
    {
        try
        {
            File.Move(Path.Combine(directory, point), Path.Combine(directory, $"taken-{point}-{Guid.NewGuid():N}"));
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
