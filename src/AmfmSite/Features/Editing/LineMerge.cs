using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>Puts together what two people made of one text, by lines. What both changed in different ways stands twice, between marks in words.</summary>
public static class LineMerge
{
    public const string Begin = "<<<<<<< YOURS", Middle = "======= THEIRS", End = ">>>>>>> Keep one of the two, and take these three marks out.";

    /// <returns>The text, and how many places both changed in different ways.</returns>
    public static (string Text, int Conflicts) Of(string ancestor, string yours, string theirs)
    {
        var (root, mine, other) = (WordDiff.Lines(ancestor), WordDiff.Lines(yours), WordDiff.Lines(theirs));
        var (left, right) = (Changes(root, mine), Changes(root, other));
        var (merged, conflicts, at) = (new List<string>(), 0, 0);
        while (left.Count + right.Count > 0)
        {
            var (from, to) = Bounds(left, right);
            var (my, their) = (Taken(left), Taken(right));
            merged.AddRange(root[at..from]);
            var (a, b) = (Applied(my, mine), Applied(their, other));
            if (their.Count == 0 || my.Count > 0 && a.SequenceEqual(b)) merged.AddRange(a);
            else if (my.Count == 0) merged.AddRange(b);
            else
            {
                conflicts++;
                merged.AddRange([Begin, .. a, Middle, .. b, End]);
            }

            at = to;

            List<Stretch> Taken(Queue<Stretch> changes)
            {
                var taken = new List<Stretch>();
                while (changes.Count > 0 && changes.Peek().Before + changes.Peek().Removed <= to && changes.Peek().Before >= from) taken.Add(changes.Dequeue());
                return taken;
            }

            List<string> Applied(List<Stretch> changes, string[] text)
            {
                var (lines, position) = (new List<string>(), from);
                foreach (var change in changes)
                {
                    lines.AddRange(root[position..change.Before]);
                    lines.AddRange(text[change.After..(change.After + change.Added)]);
                    position = change.Before + change.Removed;
                }

                lines.AddRange(root[position..to]);
                return lines;
            }
        }

        merged.AddRange(root[at..]);
        return (string.Join('\n', merged), conflicts);
    }

    private static Queue<Stretch> Changes(string[] root, string[] text) => new(EditScript.Between(root, text).Where(stretch => !stretch.Same));

    /// <summary>The lines of the ancestor that the next change and everything that touches it stand on.</summary>
    private static (int From, int To) Bounds(Queue<Stretch> left, Queue<Stretch> right)
    {
        var all = left.Select(change => (Change: change, Left: true)).Concat(right.Select(change => (Change: change, Left: false))).OrderBy(one => one.Change.Before).ThenBy(one => one.Change.Removed).ToList();
        var (from, to) = (all[0].Change.Before, all[0].Change.Before + all[0].Change.Removed);
        var empty = all[0].Change.Removed == 0;
        foreach (var (change, _) in all.Skip(1))
        {
            // Where something was put in, touching is enough: nobody can say which comes first.
            if (change.Before > to || change.Before == to && !empty && change.Removed > 0) break;
            empty = change.Removed == 0;
            to = Math.Max(to, change.Before + change.Removed);
        }

        return (from, to);
    }
}
