namespace AmfmSite.Features.Content;

/// <summary>
/// The fewest removals and additions that lead from one list to another (Myers, "An O(ND) Difference Algorithm", 1986).
/// Time and room grow with the square of the differences, so beyond <see cref="MostEdits"/> the middle counts as replaced.
/// </summary>
public static class EditScript
{
    public const int MostEdits = 1000;

    public static IReadOnlyList<Stretch> Between(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var (start, end) = (0, 0);
        while (start < before.Count && start < after.Count && before[start] == after[start]) start++;
        while (end < before.Count - start && end < after.Count - start && before[^(end + 1)] == after[^(end + 1)]) end++;
        var (n, m) = (before.Count - start - end, after.Count - start - end);
        var stretches = new List<Stretch>();
        Add(stretches, new(Same: true, 0, start, 0, start));
        if (Steps(n, m, (x, y) => before[start + x] == after[start + y]) is { } steps)
        {
            foreach (var (x, y, removed, added) in steps) Add(stretches, new(removed + added == 2, start + x, removed, start + y, added));
        }
        else
        {
            Add(stretches, new(Same: false, start, n, start, m));
        }

        Add(stretches, new(Same: true, before.Count - end, end, after.Count - end, end));
        return stretches;
    }

    /// <summary>Steps in order: one thing kept, removed or added each; null when there are too many.</summary>
    private static List<(int X, int Y, int Removed, int Added)>? Steps(int n, int m, Func<int, int, bool> same)
    {
        // furthest[k]: how far one gets on the diagonal k = x - y; -1 where nobody has been.
        var most = Math.Min(n + m, MostEdits);
        var furthest = new int[2 * most + 3];
        Array.Fill(furthest, -1);
        var (middle, before) = (most + 1, new List<int[]>());
        for (var d = 0; d <= most; d++)
        {
            before.Add(furthest[(middle - d)..(middle + d + 1)]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = d == 0 ? 0 : Next(furthest[middle + k + 1], furthest[middle + k - 1], k, n, m).X;
                while (x >= 0 && x < n && x - k < m && same(x, x - k)) x++;
                furthest[middle + k] = x;
                if (x == n && x - k == m) return Back(before, d, n, m);
            }
        }

        return null;
    }

    /// <param name="above">Furthest on the diagonal from which one thing is added.</param>
    /// <param name="left">Furthest on the diagonal from which one thing is removed.</param>
    private static (int X, bool Adds) Next(int above, int left, int k, int n, int m)
    {
        var (adds, removes) = (above >= 0 && above - k <= m ? above : -1, left >= 0 && left < n ? left + 1 : -1);
        return adds > removes ? (adds, true) : (removes, false);
    }

    private static List<(int X, int Y, int Removed, int Added)> Back(List<int[]> before, int edits, int n, int m)
    {
        var (x, y, steps) = (n, m, new List<(int, int, int, int)>());
        for (var d = edits; d > 0; d--)
        {
            var (known, k) = (before[d], x - y);
            var (next, adds) = Next(Of(k + 1), Of(k - 1), k, n, m);
            while (x > next) Keep();
            if (adds) steps.Add((x, --y, 0, 1));
            else steps.Add((--x, y, 1, 0));

            int Of(int diagonal) => diagonal >= -d && diagonal <= d ? known[diagonal + d] : -1;
        }

        while (x > 0) Keep();
        steps.Reverse();
        return steps;

        void Keep() => steps.Add((--x, --y, 1, 1));
    }

    private static void Add(List<Stretch> stretches, Stretch next)
    {
        if (next.Removed + next.Added == 0) return;
        if (stretches.Count > 0 && stretches[^1] is var last && last.Same == next.Same)
            stretches[^1] = last with { Removed = last.Removed + next.Removed, Added = last.Added + next.Added };
        else stretches.Add(next);
    }
}
