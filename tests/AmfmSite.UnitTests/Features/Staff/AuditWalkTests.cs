using System.Globalization;
using AmfmSite.Features.Staff;
using AmfmSite.Storage.Sealing;

namespace AmfmSite.UnitTests.Features.Staff;

/// <summary>The chain and who walks it, without a database: rows are made here, sealed, and then changed.</summary>
public sealed class AuditWalkTests : IDisposable
{
    private static readonly DateTime Noted = new(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc);

    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-chain-").FullName;
    private readonly AuditChain _chain;

    public AuditWalkTests() => _chain = new AuditChain(AuditKey.LoadOrCreate(Path.Combine(_directory, "audit.key")));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Walk_UntouchedChain_FindsNothing() => Assert.Empty(Find(Sealed(50)));

    [Theory]
    [InlineData("id")]
    [InlineData("at")]
    [InlineData("action")]
    [InlineData("staff")]
    [InlineData("request")]
    [InlineData("detail")]
    public void Walk_OneColumnFlipped_NamesThatEntry(string column)
    {
        var rows = Sealed(9);
        rows[4] = column switch
        {
            "id" => rows[4] with { Id = 999 },
            "at" => rows[4] with { At = rows[4].At.AddTicks(1) },
            "action" => rows[4] with { Action = "RequestViewed " },
            "staff" => rows[4] with { Staff = null },
            "request" => rows[4] with { Request = rows[4].Request!.ToLowerInvariant() },
            _ => rows[4] with { Detail = "" },
        };
        Assert.Equal([5L], Find(rows).Select(finding => finding.Sequence));
    }

    [Fact]
    public void Walk_SealFlipped_TellsThatOnlyTheSealWasChanged()
    {
        var rows = Sealed(9);
        rows[4] = rows[4] with { Seal = new string('0', AuditEntry.SealLength) };
        Assert.Equal("The seal of entry 5 was changed; what the entry says was not.", Assert.Single(Find(rows)).Says);
    }

    [Fact]
    public void Walk_EntryDeleted_NamesTheGap()
    {
        var rows = Sealed(9);
        rows.RemoveRange(3, 2);
        Assert.StartsWith("Entries 4 to 5 are missing", Assert.Single(Find(rows)).Says, StringComparison.Ordinal);
    }

    [Fact]
    public void Walk_EndCut_IsToldByTheNotedHead()
    {
        var rows = Sealed(9);
        var notes = Notes(rows, 8);
        rows.RemoveRange(6, 3);
        Assert.StartsWith("The end is missing: entry 8 was sealed", Assert.Single(Find(rows, notes)).Says, StringComparison.Ordinal);

        // Without the note it cannot be told.
        Assert.Empty(Find(rows, []));
    }

    [Fact]
    public void Walk_EndCutAndSealedOnBehindTheNotedHead_ShowsTheGapAndChecksWhatFollows()
    {
        var rows = Sealed(9);
        var (notes, head) = (Notes(rows, 9), new AuditHead(9, rows[8].Seal!));
        rows.RemoveRange(6, 3);
        rows.AddRange(Sealed(2, head));
        Assert.Equal("Entries 7 to 9 are missing: deleted, or under other numbers now.", Assert.Single(Find(rows, notes)).Says);
        rows[6] = rows[6] with { Detail = "changed" };
        Assert.Equal([7L, 10L], Find(rows, notes).Select(finding => finding.Sequence));
    }

    [Fact]
    public void Walk_ChainMadeAnewWithTheKey_DiffersFromWhatWasNoted()
    {
        var rows = Sealed(9);
        var notes = Notes(rows, 6, 9);
        var anew = Sealed(3, AuditHead.Start);
        anew[1] = anew[1] with { Detail = "another story" };
        var forged = Seal([.. anew.Select(row => row with { Sequence = null }), .. rows[3..].Select(row => row with { Sequence = null })], AuditHead.Start);
        var finding = Assert.Single(Find(forged, notes));
        Assert.Equal(6, finding.Sequence);
        Assert.Contains("made anew", finding.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void Walk_OtherKey_FitsNothing()
    {
        var rows = Sealed(5);
        var other = new AuditChain(AuditKey.LoadOrCreate(Path.Combine(_directory, "other.key")));
        var walk = new AuditWalk(other, Notes(rows, 5));
        foreach (var row in rows) walk.Read(row.Line);
        walk.End();
        Assert.Equal([1L, 2L, 3L, 4L, 5L], walk.Findings.Select(finding => finding.Sequence));
    }

    /// <summary>Whatever one does to sealed rows without the key shows. The seed stands in the message, so that a failure can be repeated.</summary>
    [Fact]
    public void Walk_RandomEditsDeletionsSwapsAndInsertions_AlwaysFindsSomething()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var rows = Sealed(random.Next(3, 30));
            var notes = Notes(rows, rows.Count);
            var untouched = rows.ToList();
            var deeds = new List<string>();
            for (var deed = random.Next(1, 4); deed > 0; deed--) deeds.Add(Change(rows, random));
            var same = rows.SequenceEqual(untouched);
            Assert.True(same == (Find(rows, notes).Count == 0), $"Seed {seed}: {string.Join(", ", deeds)} was {(same ? "undone, and something is found" : "not found")}.");
        }
    }

    private static string Change(List<Row> rows, Random random)
    {
        var (at, other) = (random.Next(rows.Count), random.Next(rows.Count));
        switch (random.Next(rows.Count > 2 ? 8 : 6))
        {
            case 0:
                rows[at] = rows[at] with { Detail = rows[at].Detail + "x" };
                return $"detail of {at}";
            case 1:
                rows[at] = rows[at] with { Staff = rows[other].Staff };
                return $"account of {at} from {other}";
            case 2:
                rows[at] = rows[at] with { At = rows[at].At.AddSeconds(random.Next(-3, 4)) };
                return $"time of {at}";
            case 3:
                // Everything but the number, seal included: as if the one had happened in place of the other.
                (rows[at], rows[other]) = (rows[other] with { Sequence = rows[at].Sequence }, rows[at] with { Sequence = rows[other].Sequence });
                return $"swap of {at} and {other}";
            case 4:
                rows[at] = rows[at] with { Seal = rows[other].Seal };
                return $"seal of {at} from {other}";
            case 5:
                rows.Add(rows[at] with { Id = 5000 + random.Next(), Sequence = rows.Max(row => row.Sequence) + 1 });
                return $"copy of {at} at the end";
            case 6:
                rows.RemoveAt(at);
                return $"deletion of {at}";
            default:
                // And the numbers closed up behind it.
                rows.RemoveAt(at);
                for (var i = at; i < rows.Count; i++) rows[i] = rows[i] with { Sequence = rows[i].Sequence - 1 };
                return $"deletion of {at} without a gap";
        }
    }

    private IReadOnlyList<AuditFinding> Find(List<Row> rows) => Find(rows, Notes(rows, rows.Count));

    private IReadOnlyList<AuditFinding> Find(List<Row> rows, IReadOnlyCollection<AuditNote> notes)
    {
        var walk = new AuditWalk(_chain, notes);
        foreach (var row in rows.OrderBy(row => row.Sequence)) walk.Read(row.Line);
        walk.End();
        return walk.Findings;
    }

    /// <summary>What was noted after the first, second … of these rows.</summary>
    private static List<AuditNote> Notes(List<Row> rows, params int[] places) =>
        [.. places.Select(place => new AuditNote(Noted, new(rows[place - 1].Sequence!.Value, rows[place - 1].Seal!), Findings: null))];

    private List<Row> Sealed(int count, AuditHead? after = null)
    {
        var first = after?.Sequence ?? 0;
        return Seal([.. Enumerable.Range(1, count).Select(i => new Row(100 + first + (2 * i), Noted.AddSeconds(i), i % 3 == 0 ? "NumberRevealed" : "RequestViewed",
            i % 4 == 0 ? null : Id(i % 5), Id(i), i % 2 == 0 ? "" : "an open word", Sequence: null, Seal: null))], after ?? AuditHead.Start);
    }

    private List<Row> Seal(List<Row> rows, AuditHead head) =>
        rows.ConvertAll(row => row with { Sequence = (head = _chain.After(head, row.Content)).Sequence, Seal = head.Seal });

    private static string Id(int number) => $"00000000-0000-0000-00AA-{number.ToString("D12", CultureInfo.InvariantCulture)}";

    private sealed record Row(long Id, DateTime At, string Action, string? Staff, string? Request, string Detail, long? Sequence, string? Seal)
    {
        public byte[] Content => new AuditEncoding().Add(Id).Add(At).Add(Action).Add(Staff).Add(Request).Add(Detail).ToArray();

        public AuditLine Line => new(Id, Content, Sequence, Seal);
    }
}
