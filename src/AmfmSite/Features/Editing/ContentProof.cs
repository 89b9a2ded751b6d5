using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Editing;

/// <summary>The site as it would be with one text changed, or what keeps it from being so.</summary>
/// <param name="Content">Null when there are faults.</param>
public sealed record ContentProof(ContentSnapshot? Content, IReadOnlyList<ContentFault> Faults);

/// <summary>Compiles drafts with everything that is live, by the same code that publishes. One at a time: drafts never take more than one processor from visitors.</summary>
public sealed class ContentProofs(AmfmDbContext db, PublicPromises promises, ProofQueue queue, ILogger<ContentProofs> log)
{
    /// <param name="file">The draft; its text may be anything.</param>
    public async Task<ContentProof> OfAsync(SourceFile file, CancellationToken cancellation)
    {
        if (SourceRules.Check(file) is { Count: > 0 } refused) return new(null, refused);

        // Before the texts are read: what is published in between makes a proof that nobody asks for again.
        var proved = (await db.ContentVersions.Select(row => row.Number).SingleAsync(cancellation), file.Path, ContentHash.Of(file.Text));
        await queue.Turn.WaitAsync(cancellation);
        try
        {
            if (queue.Find(proved) is { } known) return known;
            var proof = Compile(RedirectList.With(await PublishedContent.LiveAsync(db, cancellation), file), file, await PictureFile.SizesAsync(db, cancellation));
            queue.Keep(proved, proof);
            return proof;
        }
        finally
        {
            queue.Turn.Release();
        }
    }

    private ContentProof Compile(IReadOnlyList<SourceFile> files, SourceFile file, IReadOnlyDictionary<string, PictureSize> stored)
    {
        try
        {
            return new(ContentCompiler.Compile(files, promises, version: 0, fault => fault.File != file.Path, stored), []);
        }
        catch (ContentFaultException fault)
        {
            return new(null, [.. fault.Faults.OrderBy(line => line.File != file.Path)]);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A text can be too odd for the compiler, nested a thousand deep for example; that is the text's fault and no error of the page.
            log.LogWarning("The draft of {Kind} {Key} cannot be compiled: {Fault}", file.Kind, file.Key, fault.GetType().Name);
            return new(null, [new(file.Path, 0, "This text cannot be read. Look for a key without a value, and for lists or quotes nested very deeply.", ContentRules.Pack)]);
        }
    }
}

/// <summary>Who compiles a draft waits here for their turn. The last proofs are kept: an editor and the preview beside it ask for the same one, and a link to a draft for one again and again.</summary>
public sealed class ProofQueue : IDisposable
{
    private const int Most = 4;

    private readonly LinkedList<((long Version, string Path, string Hash) Of, ContentProof Proof)> _last = [];

    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>To be asked by who has the turn.</summary>
    public ContentProof? Find((long Version, string Path, string Hash) of) => _last.Where(kept => kept.Of == of).Select(kept => kept.Proof).FirstOrDefault();

    public void Keep((long Version, string Path, string Hash) of, ContentProof proof)
    {
        _last.AddFirst((of, proof));
        if (_last.Count > Most) _last.RemoveLast();
    }

    public void Dispose() => Turn.Dispose();
}
