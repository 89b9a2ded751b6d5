using System.Globalization;

namespace AmfmSite.Benchmarks;

/// <summary>The lines of one run's table: what was measured, what was wished, what came.</summary>
internal static class Report
{
    private static readonly List<(string What, string Goal, string Measured, bool? Met)> Rows = [];

    /// <param name="met">Null where there is no goal.</param>
    public static void Add(string what, string goal, FormattableString measured, bool? met = null)
    {
        var text = measured.ToString(CultureInfo.InvariantCulture);
        Rows.Add((what, goal, text, met));
        Console.WriteLine($"= {what}: {text}");
    }

    public static void Print()
    {
        Console.WriteLine();
        Console.WriteLine("| what | goal | measured | |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (what, goal, measured, met) in Rows) Console.WriteLine($"| {what} | {goal} | {measured} | {(met == false ? "**missed**" : "")} |");
    }
}
