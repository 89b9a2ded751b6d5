namespace AmfmSite.Features.Staff;

/// <summary>Looks at the entries of a chain one after the other, in the order of their numbers, and tells what is not as it was sealed.</summary>
/// <param name="notes">Heads that were noted while the chain was sealed or found whole, read before the entries.</param>
public sealed class AuditWalk(AuditChain chain, IReadOnlyCollection<AuditNote> notes)
{
    private readonly List<AuditFinding> _findings = [];
    private readonly Dictionary<long, AuditNote> _noted = notes.GroupBy(note => note.Head.Sequence).ToDictionary(group => group.Key, group => group.First());

    /// <summary>The last entry read, or what was noted of one that is missing; null when nothing is known of it.</summary>
    private AuditHead? _before = AuditHead.Start;

    /// <summary>An entry whose seal does not fit, with the seal that would. The entry after it tells which of the two was changed.</summary>
    private AuditHead? _unfit;

    private bool _remadeSaid;

    public IReadOnlyList<AuditFinding> Findings => _findings;

    /// <summary>The last entry read.</summary>
    public AuditHead Head { get; private set; } = AuditHead.Start;

    public long Count { get; private set; }

    public void Read(AuditLine line)
    {
        Count++;
        if (line.Sequence is not { } sequence)
        {
            Find(0, $"The entry with the id {line.Id} carries a number that is never given.");
            return;
        }

        if (sequence <= Head.Sequence)
        {
            Find(sequence, $"Two entries carry the number {sequence}.");
            return;
        }

        if (sequence > Head.Sequence + 1) Miss(Head.Sequence + 1, sequence);
        if (_before is { } before) Check(line, before, sequence);
        Head = new(sequence, line.Seal ?? "");
        _before = Head;
        CompareWithNote();
    }

    /// <summary>After the last entry.</summary>
    public void End()
    {
        SayUnfit();
        if (_noted.Values.MaxBy(note => note.Head.Sequence) is { } highest && highest.Head.Sequence > Head.Sequence)
            Find(highest.Head.Sequence, $"The end is missing: entry {highest.Head.Sequence} was sealed by {highest.At:yyyy-MM-dd HH:mm} UTC, and the table ends at entry {Head.Sequence}.");
    }

    public void Find(long sequence, string says) => _findings.Add(new(sequence, says));

    private void Miss(long first, long next)
    {
        SayUnfit();
        _before = _noted.TryGetValue(next - 1, out var note) ? note.Head : null;
        Find(first, $"{(next == first + 1 ? $"Entry {first} is" : $"Entries {first} to {next - 1} are")} missing: deleted, or under other numbers now."
            + (_before is null ? $" So entry {next}, the next, cannot be checked itself." : ""));
    }

    private void Check(AuditLine line, AuditHead before, long sequence)
    {
        var right = chain.Seal(before.Seal, sequence, line.Content);
        if (line.Seal == right)
        {
            SayUnfit();
            return;
        }

        if (_unfit is { } unfit && line.Seal == chain.Seal(unfit.Seal, sequence, line.Content))
        {
            Find(unfit.Sequence, $"The seal of entry {unfit.Sequence} was changed; what the entry says was not.");
            _unfit = null;
            return;
        }

        SayUnfit();
        _unfit = new(sequence, right);
    }

    private void SayUnfit()
    {
        if (_unfit is { } unfit) Find(unfit.Sequence, $"Entry {unfit.Sequence} does not fit its seal: it was changed, put in or moved after it was sealed.");
        _unfit = null;
    }

    /// <summary>Who has the key can make the chain anew from any entry on, but not what was noted of it before.</summary>
    private void CompareWithNote()
    {
        if (_remadeSaid || _unfit is not null || !_noted.TryGetValue(Head.Sequence, out var note) || note.Head == Head) return;
        _remadeSaid = true;
        Find(Head.Sequence, $"Entry {Head.Sequence} carries another seal than was noted at {note.At:yyyy-MM-dd HH:mm} UTC: the chain was made anew, here or further up.");
    }
}
