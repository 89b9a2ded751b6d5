using System.Data.Common;
using System.Net;
using System.Security.Cryptography;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using NodaTime;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>
/// Stores a checked form: limits, suspicion, repeat, and then request, outbox message and audit entry in one
/// transaction. Whoever gets an id from here may be told "thank you"; nobody else.
/// </summary>
public sealed class AskForCall(
    IServiceScopeFactory scopes,
    GroupCommit commits,
    RequestLimits limits,
    FormStamp stamps,
    Vault vault,
    LookupKey lookup,
    PublishedContent published,
    SiteAddress address,
    OutboxSignal outbox,
    SiteMetrics metrics,
    IOptions<IntakeOptions> options,
    TimeProvider clock,
    ILogger<AskForCall> log) : IDisposable
{
    /// <summary>
    /// So many are worked on at once, and whoever waits longer is told so. A database that cannot be read holds up each
    /// thread that asks it; without a bound, the posts would leave no thread to send a page with the crisis numbers.
    /// </summary>
    private const int AtOnce = 24;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <summary>Time within which the same answers are the same request.</summary>
    private static readonly TimeSpan RepeatTime = TimeSpan.FromHours(24);

    /// <summary>Time a suspected bot's request may wait before a person is told of it.</summary>
    private static readonly TimeSpan NoticePause = TimeSpan.FromMinutes(10), NoticeMargin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _room = new(AtOnce);

    /// <remarks>Takes no cancellation: who closes the browser after pressing the button wants the call all the same.</remarks>
    public async Task<AskResult> RunAsync(CallbackForm form, IPAddress? from)
    {
        var limit = limits.Count(from);
        if (limit == RequestLimit.OverHard) return AskResult.TooMany;

        if (!await _room.WaitAsync(LongestWait))
        {
            log.LogError("A request could not be stored: {AtOnce} others have waited for the database for {Seconds} s", AtOnce, LongestWait.TotalSeconds);
            return AskResult.Unavailable;
        }

        try
        {
            return await FindOrStoreAsync(form, limit);
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task<AskResult> FindOrStoreAsync(CallbackForm form, RequestLimit limit)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var answers = CallbackFormReader.Read(form, published.Current.Desk.Channels);
        var keys = RepeatKeys(answers, now);
        CallbackRequest? request = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AmfmDbContext>();
            if (await FindRepeatAsync(db, keys, now) is { } earlier) return Repeated(earlier);
            request = CallbackRequest.Submit(
                answers, Promise(answers), published.Current.CrisisWords.AreIn(answers.Note), await AskedToStopAsync(db, answers), SourcePath(form), keys.Today,
                Suspicion(form, limit), vault, lookup, now);
            return await StoreAsync(db, request, now);
        }
        catch (Exception fault) when (IsOutsideFault(fault))
        {
            // The commit may have happened all the same: a second post of the same answers, or an answer that got lost.
            log.LogError("A request could not be stored: {Fault}", fault.GetType().Name);
            if (await FindAfterFaultAsync(keys, now) is not { } stored) return AskResult.Unavailable;
            return stored == request?.Id ? Stored(request) : Repeated(stored);
        }
    }

    private async Task<AskResult> StoreAsync(AmfmDbContext db, CallbackRequest request, DateTime now)
    {
        List<object> rows = [request, new AuditEntry(now, AuditAction.RequestReceived, staffId: null, request.Id, request.Quarantine is { } reason ? $"quarantine: {reason}" : "")];
        if (request.Quarantine is null)
            rows.Add(new OutboxMessage(OutboxKind.RequestReceived, request.Id, now, now, address.Host));
        else if (!await NoticeComesAsync(db, now))
            rows.Add(new OutboxMessage(OutboxKind.QuarantineNotice, requestId: null, now, now + NoticePause, address.Host));

        await commits.StoreAsync(rows, LongestWait);
        outbox.Wake();
        log.LogInformation("Request {Reference} is stored", request.Reference);
        return Stored(request);
    }

    private AskResult Stored(CallbackRequest request)
    {
        metrics.RequestStored(request.Quarantine is not null);
        return AskResult.Stored(request.Id);
    }

    private AskResult Repeated(Guid earlier)
    {
        metrics.RequestRepeated();
        return AskResult.Stored(earlier);
    }

    /// <summary>A notice that will count this request, too: one that is not about to be written before this is stored.</summary>
    private static Task<bool> NoticeComesAsync(AmfmDbContext db, DateTime now)
    {
        var soon = now + NoticeMargin;
        return db.OutboxMessages.AnyAsync(message =>
            message.Kind == OutboxKind.QuarantineNotice && message.SentAt == null && message.ParkedAt == null && message.DueAt > soon);
    }

    private static Task<Guid?> FindRepeatAsync(AmfmDbContext db, (string Today, string Yesterday) keys, DateTime now)
    {
        var since = now - RepeatTime;
        return db.CallbackRequests
            .Where(request => (request.RepeatKey == keys.Today || request.RepeatKey == keys.Yesterday) && request.ReceivedAt > since)
            .OrderBy(request => request.ReceivedAt)
            .Select(request => (Guid?)request.Id)
            .FirstOrDefaultAsync();
    }

    private async Task<Guid?> FindAfterFaultAsync((string Today, string Yesterday) keys, DateTime now)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await FindRepeatAsync(scope.ServiceProvider.GetRequiredService<AmfmDbContext>(), keys, now);
        }
        catch (Exception fault) when (IsOutsideFault(fault))
        {
            return null;
        }
    }

    /// <summary>The database, the disk or the keys are at fault, not the program: then the visitor is told so with everything typed.</summary>
    internal static bool IsOutsideFault(Exception fault) => fault
        is DbException or DbUpdateException or RetryLimitExceededException or TimeoutException or InvalidOperationException { InnerException: DbException }
        or CryptographicException or IOException or UnauthorizedAccessException;

    private (string Today, string Yesterday) RepeatKeys(CallbackAnswers answers, DateTime now)
    {
        string On(DateTime day) => lookup.Hash("repeat", $"{day:yyyy-MM-dd}\u001f{answers.Canonical}");
        return (On(now), On(now.AddDays(-1)));
    }

    /// <summary>The window named to the caller; none while the desk's hours are unconfirmed.</summary>
    private Interval? Promise(CallbackAnswers answers) => published.Current.Desk is { Confirmed: true } desk
        ? CallWindow.Next(desk.Hours, answers.Day, answers.Part, answers.TimeZone, Instant.FromDateTimeOffset(clock.GetUtcNow()))
        : null;

    private Task<bool> AskedToStopAsync(AmfmDbContext db, CallbackAnswers answers)
    {
        var (phone, email) = (CallbackRequest.PhoneHashOf(answers.Phone, lookup), CallbackRequest.EmailHashOf(answers.Email, lookup));
        return db.ContactStops.AnyAsync(stop => stop.Hash == phone || stop.Hash == email);
    }

    private QuarantineReason? Suspicion(CallbackForm form, RequestLimit limit)
    {
        if (!string.IsNullOrEmpty(form.Website)) return QuarantineReason.Honeypot;
        if (stamps.Age(form.Stamp) is { } age && age < TimeSpan.FromSeconds(options.Value.MinimumSeconds)) return QuarantineReason.TooFast;
        return limit == RequestLimit.OverSoft ? QuarantineReason.TooMany : null;
    }

    /// <summary>The page the form stood on, when it is one of ours.</summary>
    private string SourcePath(CallbackForm form) => published.Current.BySlug(form.From ?? "")?.Slug ?? AskController.Path;
}
