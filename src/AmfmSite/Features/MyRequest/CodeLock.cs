using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;

namespace AmfmSite.Features.MyRequest;

/// <summary>Five wrong tries lock a code, whether there is such a request or not, and on whichever machine they come.</summary>
public sealed class CodeLock(Tallies tallies, LookupKey key)
{
    public const int WrongTries = 5;

    /// <summary>How long a code is locked; also how long a wrong try counts.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromMinutes(15);

    /// <summary>Counts a try for this code before it is looked at, so that many at once all count.</summary>
    /// <returns>False when the code is locked.</returns>
    public Task<bool> MayTryAsync(string reference, CancellationToken cancellation) => tallies.TryAsync(Name(reference), WrongTries, Time, fromTheLast: true, cancellation);

    /// <summary>The try was right: none counts any more.</summary>
    public Task ForgiveAsync(string reference, CancellationToken cancellation) => tallies.ForgetAsync(Name(reference), cancellation);

    private string Name(string reference) => key.Hash("tries of a code", reference);
}
