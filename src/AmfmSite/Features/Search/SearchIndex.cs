using AmfmSite.Features.Content;
using Microsoft.Data.Sqlite;

namespace AmfmSite.Features.Search;

/// <summary>
/// All passages of one version of the content, in SQLite's full-text index (FTS5) in memory: it knows English word endings,
/// ranks (BM25, names and headings before text) and cuts excerpts. Used by one thread at a time.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    private const int MostHits = 10, MostAlso = 3, MostPassages = 300;

    /// <summary>Around a word that was found, in the text that FTS5 returns; no text of ours holds them.</summary>
    private const char Begin = '\u0002', End = '\u0003';

    private const string Rank = "bm25(passage, 12, 2, 4, 1)", Crisis = "crisis";

    private readonly SqliteConnection _db = new("Data Source=:memory:");
    private readonly IReadOnlyList<Passage> _passages;
    private readonly ContentSnapshot _content;

    /// <summary>Words of all pages and how often they stand there.</summary>
    private readonly Dictionary<string, int> _vocabulary = new(StringComparer.Ordinal);

    public SearchIndex(ContentSnapshot content)
    {
        _content = content;
        _passages = [.. Passage.AllOf(content)];
        _db.Open();
        Run("CREATE VIRTUAL TABLE passage USING fts5(name, page, heading, text, tokenize = 'porter unicode61 remove_diacritics 2')");
        using var transaction = _db.BeginTransaction();
        for (var i = 0; i < _passages.Count; i++)
        {
            // The head of a page answers to its name; its other passages know only that they belong there.
            var (passage, name) = (_passages[i], $"{_passages[i].Page.Name} {_passages[i].Page.SeoTitle}");
            var isHead = passage.Anchor.Length == 0;
            Run("INSERT INTO passage (rowid, name, page, heading, text) VALUES ($1, $2, $3, $4, $5)", i, isHead ? name : "", isHead ? "" : name, passage.Heading, passage.Text);
            foreach (var word in SearchWords.Of($"{name} {passage.Heading} {passage.Text}")) _vocabulary[word] = _vocabulary.GetValueOrDefault(word) + 1;
        }

        transaction.Commit();
    }

    public long Version => _content.Version;

    public SearchAnswer Find(string asked)
    {
        var query = new SearchQuery(asked, _content.Synonyms, Known, Near);
        var found = query.IsEmpty ? [] : Matching(query.AllOf);
        var isNear = found.Count == 0 && !query.IsEmpty;
        var (typed, inCrisis) = (Plain(asked), _content.CrisisWords.AreIn(asked));

        // What only comes near is no help to somebody in crisis.
        if (isNear && !inCrisis) found = Matching(query.AnyOf);
        var pages = found.GroupBy(match => match.Passage.Page)
            .Select(page => (Page: page.Key, Named: Place(page.Key), Matches: page.ToList()))
            .OrderBy(page => page.Named).ThenBy(page => page.Matches.Take(MostAlso).Select((match, place) => match.Rank / (1 << place)).Sum())
            .Select(page => Hit(page.Page, page.Named < int.MaxValue, page.Matches)).ToList();

        // For words of crisis the page on help stands first, whatever else was found.
        if (inCrisis && _content.ById(Crisis) is { } help) pages = [new(help.Name, "", help.Slug, [new(help.Description, Found: false)], []), .. pages.Where(page => page.Page != help.Name)];
        return new(asked, inCrisis, isNear && !inCrisis, query.Corrections, [.. pages.Take(MostHits)]);

        // A page that is called what was typed comes before one whose name holds it; then those with the name of a synonym.
        int Place(PublishedPage page)
        {
            var name = Plain(page.Name);
            return name == typed ? 0 : query.Names.Any(known => name == known) ? 1 : Holds(name, typed) ? 2 : query.Names.Any(known => Holds(name, known)) ? 3 : int.MaxValue;
        }
    }

    private static string Plain(string text) => string.Join(' ', SearchWords.Phrase(SearchWords.Of(text)));

    private static bool Holds(string name, string words) => words.Length > 0 && $" {name} ".Contains($" {words} ", StringComparison.Ordinal);

    public void Dispose() => _db.Dispose();

    private static SearchHit Hit(PublishedPage page, bool isNamed, List<Match> matches)
    {
        var best = (isNamed ? matches.Find(match => match.Passage.Anchor.Length == 0) : null) ?? matches[0];
        return new(
            page.Name,
            best.Passage.Anchor.Length == 0 ? "" : best.Passage.Heading,
            best.Passage.Address,
            Pieces(best.Excerpt),
            [.. matches.Where(match => match != best && match.Passage.Anchor.Length > 0).Take(MostAlso).Select(match => new SearchPlace(match.Passage.Heading, match.Passage.Address))]);
    }

    private static List<SearchPiece> Pieces(string excerpt)
    {
        var pieces = new List<SearchPiece>();
        foreach (var part in excerpt.Split(Begin))
        {
            var ends = part.IndexOf(End, StringComparison.Ordinal);
            if (ends >= 0) pieces.Add(new(part[..ends], Found: true));
            if (part.Length > ends + 1) pieces.Add(new(part[(ends + 1)..], Found: false));
        }

        return pieces;
    }

    private List<Match> Matching(string expression)
    {
        using var command = Command($"SELECT rowid, {Rank}, snippet(passage, 3, char({(int)Begin}), char({(int)End}), '…', 30) FROM passage WHERE passage MATCH $1 ORDER BY 2 LIMIT {MostPassages}", expression);
        using var reader = command.ExecuteReader();
        var matches = new List<Match>();
        while (reader.Read()) matches.Add(new(_passages[reader.GetInt32(0)], reader.GetDouble(1), reader.GetString(2)));
        return matches;
    }

    private bool Known(string expression)
    {
        using var command = Command("SELECT 1 FROM passage WHERE passage MATCH $1 LIMIT 1", expression);
        return command.ExecuteScalar() is not null;
    }

    /// <summary>The word nearest to one that stands nowhere, the most frequent of several: one slip in a short word, two in a long one.</summary>
    private string? Near(string word)
    {
        var most = word.Length < 4 ? 0 : word.Length < 8 ? 1 : 2;
        return _vocabulary.Select(known => (Word: known.Key, Times: known.Value, Slips: SearchWords.Slips(word, known.Key, most)))
            .Where(known => known.Slips <= most)
            .OrderBy(known => known.Slips).ThenByDescending(known => known.Times).ThenBy(known => known.Word, StringComparer.Ordinal)
            .Select(known => known.Word).FirstOrDefault();
    }

    private void Run(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params object[] values)
    {
        var command = _db.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i + 1}", values[i]);
        return command;
    }

    /// <param name="Rank">The lower, the better.</param>
    private sealed record Match(Passage Passage, double Rank, string Excerpt);
}
