using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Content;

/// <summary>Holds a file's text against <see cref="WordRules"/>, with the exceptions written in its head.</summary>
internal sealed class WordLint
{
    /// <summary>Said of one pattern in one file; who mends these finds the others.</summary>
    private const int MostSaid = 20;

    private const string Key = "exceptions:";

    private const int MostExceptions = 20, LongestSentence = 600;

    private readonly SourceFile _file;
    private readonly List<ContentFault> _faults;
    private readonly string _text;
    private readonly List<int> _lineEnds = [];

    private WordLint(SourceFile file, List<ContentFault> faults)
    {
        (_file, _faults, _text) = (file, faults, Plain(file.Text));
        for (var at = _text.IndexOf('\n'); at >= 0; at = _text.IndexOf('\n', at + 1)) _lineEnds.Add(at);
    }

    public static void Check(SourceFile file, IReadOnlyList<ExceptionFront> exceptions, List<ContentFault> faults) => new WordLint(file, faults).Check(exceptions);

    private void Check(IReadOnlyList<ExceptionFront> exceptions)
    {
        var excuses = exceptions.Take(MostExceptions).Select(Excuse.In(_text)).ToList();
        foreach (var rule in WordRules.All)
        {
            var said = 0;
            foreach (var match in rule.Pattern.EnumerateMatches(_text))
            {
                var (index, length) = (match.Index, match.Length);
                if (rule.Unless.Length > 0 && SentenceAt(index).Contains(rule.Unless, StringComparison.OrdinalIgnoreCase)) continue;
                if (excuses.Find(excuse => excuse.Covers(rule.Id, index, length)) is { } used)
                {
                    used.IsUsed = true;
                    continue;
                }

                if (++said > MostSaid) break;
                _faults.Add(new(_file.Path, LineAt(index), $"\"{_text.Substring(index, length).Replace('\n', ' ')}\" is not our word. {rule.Instead} {rule.Reason} ({rule.Source})", rule.Id));
            }
        }

        if (exceptions.Count > MostExceptions) Refuse($"More than {MostExceptions} exceptions stand here. Write the text anew.");
        foreach (var excuse in excuses.Where(excuse => !excuse.IsUsed)) Refuse(excuse.WhyNot);
    }

    private void Refuse(string message) => _faults.Add(new(_file.Path, _file.LineOf("exceptions"), message, ContentRules.Exception));

    /// <summary>From 1.</summary>
    private int LineAt(int index) => _lineEnds.BinarySearch(index) is var found && found < 0 ? ~found + 1 : found + 1;

    /// <summary>The sentence, the point of a list or the line of a record in which this stands, not looked for beyond a sensible length.</summary>
    private string SentenceAt(int index)
    {
        var (from, to) = (index, index);
        while (from > 0 && index - from < LongestSentence && !EndsBefore(from)) from--;
        while (to < _text.Length && to - index < LongestSentence && (to == index || !EndsBefore(to))) to++;
        return _text[from..to];
    }

    private bool EndsBefore(int at) => _text[at - 1] switch
    {
        '.' or '!' or '?' => at == _text.Length || char.IsWhiteSpace(_text[at]),
        '\n' => at == _text.Length || !char.IsLetterOrDigit(_text[at]) || StartsRecordLine(at),
        _ => false,
    };

    /// <summary>A line as <c>where: In a hospital</c>.</summary>
    private bool StartsRecordLine(int at)
    {
        while (at < _text.Length && char.IsLetter(_text[at])) at++;
        return at < _text.Length && _text[at] == ':';
    }

    /// <summary>
    /// What a reader reads, as near as lines allow: without marks of emphasis, so that they hide nothing, and without the
    /// exceptions themselves, which nobody reads and which would otherwise be found in their own words.
    /// </summary>
    private static string Plain(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Replace("*", "", StringComparison.Ordinal).Split('\n');
        var first = lines[0] == "---" ? Array.FindIndex(lines, line => line.StartsWith(Key, StringComparison.Ordinal)) : -1;
        if (first < 0 || first > Array.IndexOf(lines, "---", 1)) return string.Join('\n', lines);
        for (var i = first; i == first || (i < lines.Length && lines[i] is [' ' or '-', ..] and not "---"); i++) lines[i] = "";
        return string.Join('\n', lines);
    }

    /// <summary>One exception, and where in the text its words stand.</summary>
    private sealed class Excuse
    {
        private readonly ExceptionFront _written;
        private readonly List<int> _places = [];

        private Excuse(ExceptionFront written, string text)
        {
            _written = written;
            if (Fault.Length > 0) return;
            for (var at = text.IndexOf(Words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Words, at + Words.Length, StringComparison.Ordinal)) _places.Add(at);
        }

        public bool IsUsed { get; set; }

        public string WhyNot => Fault.Length > 0 ? Fault
            : _places.Count == 0 ? $"The words \"{Words}\" of an exception do not stand in this file. Take the exception out, or write the words exactly as they stand."
            : $"The exception for \"{Words}\" is not needed: the rule {_written.Rule} finds nothing in it. Take it out.";

        private string Words => _written.Words.Replace("*", "", StringComparison.Ordinal);

        private string Fault => !WordRules.Ids.Contains(_written.Rule) ? $"There is no rule \"{_written.Rule}\" for words. There are: {string.Join(", ", WordRules.Ids)}."
            : string.IsNullOrWhiteSpace(Words) ? "An exception names its words, as they stand in the text. Write words: …"
            : string.IsNullOrWhiteSpace(_written.Why) ? $"The exception for \"{Words}\" does not say why. Write why: …"
            : "";

        public static Func<ExceptionFront, Excuse> In(string text)
        {
            var onOneLine = text.Replace('\n', ' ');
            return written => new(written, onOneLine);
        }

        public bool Covers(string rule, int index, int length)
        {
            if (rule != _written.Rule || _places.Count == 0) return false;
            var place = _places.BinarySearch(index) is var found && found < 0 ? ~found - 1 : found;
            return place >= 0 && index + length <= _places[place] + Words.Length;
        }
    }
}
