using System.Diagnostics.Metrics;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Outbox;

namespace AmfmSite.Web;

/// <summary>
/// What is counted and measured, under the meter "AmfmSite"; docs/operations.md lists it. Every tag is chosen here from a
/// fixed list: no method takes a text, so no reference, path or address can become one.
/// </summary>
public sealed class SiteMetrics
{
    public const string MeterName = "AmfmSite";

    private static readonly KeyValuePair<string, object?> InQuarantine = new("quarantine", "yes"), NotInQuarantine = new("quarantine", "no");

    private readonly TimeProvider _clock;
    private readonly Counter<long> _stored, _repeated, _refused, _mails;
    private readonly Histogram<double> _delay;
    private readonly Instrument[] _gauges;
    private volatile Backlog? _backlog;

    public SiteMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        _stored = meter.CreateCounter<long>("amfmsite.requests.stored", "{request}", "Callback requests stored.");
        _repeated = meter.CreateCounter<long>("amfmsite.requests.repeated", "{request}", "Posts that repeated a stored request.");
        _refused = meter.CreateCounter<long>("amfmsite.posts.refused", "{post}", "Posts of the form that stored nothing.");
        _mails = meter.CreateCounter<long>("amfmsite.mails", "{attempt}", "Attempts to send a mail, by what came of them.");
        _delay = meter.CreateHistogram("amfmsite.mail.delay", "s", "From a request stored to its mail handed over.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600] });
        _gauges =
        [
            meter.CreateObservableGauge("amfmsite.outbox.waiting", () => Observe(backlog => [new(backlog.Outbox.Waiting)]), "{message}", "Mails waiting to be sent."),
            meter.CreateObservableGauge("amfmsite.outbox.parked", () => Observe(backlog => [new(backlog.Outbox.Parked)]), "{message}", "Mails that cannot be sent as they are."),
            meter.CreateObservableGauge("amfmsite.outbox.oldest", () => Observe(backlog => [new(Age(backlog.Outbox.OldestWaiting))]), "s", "Age of the mail that waits longest."),
            meter.CreateObservableGauge("amfmsite.unopened.requests", () => Observe(backlog => [new(backlog.Requests.Waiting, NotInQuarantine), new(backlog.Quarantine.Waiting, InQuarantine)]), "{request}", "Requests that nobody has opened."),
            meter.CreateObservableGauge("amfmsite.unopened.oldest", () => Observe(backlog => [new(Age(backlog.Requests.Oldest), NotInQuarantine), new(Age(backlog.Quarantine.Oldest), InQuarantine)]), "s", "Age of the unopened request that waits longest."),
        ];
    }

    /// <summary>Whether anybody reads the gauges; if not, the database need not be asked for them.</summary>
    public bool IsBacklogWatched => _gauges.Any(gauge => gauge.Enabled);

    public void RequestStored(bool quarantine) => _stored.Add(1, quarantine ? InQuarantine : NotInQuarantine);

    public void RequestRepeated() => _repeated.Add(1);

    /// <param name="status">422, 429 or 503; anything else would be a mistake and counts as "other".</param>
    public void PostRefused(int status) => _refused.Add(1, new KeyValuePair<string, object?>("status", status switch { 422 => "422", 429 => "429", 503 => "503", _ => "other" }));

    public void MailSent(OutboxMessage message)
    {
        Mail("sent");

        // Others are planned for later than they are stored, which would say nothing about how fast mail goes.
        if (message.Kind == OutboxKind.RequestReceived) _delay.Record(Age(message.CreatedAt));
    }

    public void MailPostponed() => Mail("postponed");

    public void MailParked() => Mail("parked");

    public void MailDropped() => Mail("dropped");

    /// <summary>What the gauges show from now on; null when it is not known: a gap tells more than an old number.</summary>
    public void SetBacklog(OutboxCounts? outbox, UnopenedCount? requests, UnopenedCount? quarantine) =>
        _backlog = outbox is null || requests is null || quarantine is null ? null : new(outbox, requests, quarantine);

    private void Mail(string outcome) => _mails.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    private IEnumerable<Measurement<double>> Observe(Func<Backlog, Measurement<double>[]> read) => _backlog is { } backlog ? read(backlog) : [];

    private double Age(DateTime? since) => since is { } at ? Math.Max(0, (_clock.GetUtcNow().UtcDateTime - at).TotalSeconds) : 0;

    private sealed record Backlog(OutboxCounts Outbox, UnopenedCount Requests, UnopenedCount Quarantine);
}
