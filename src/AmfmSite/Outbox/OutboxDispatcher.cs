using AmfmSite.Mail;
using AmfmSite.Web;
using Microsoft.Extensions.Options;

namespace AmfmSite.Outbox;

/// <summary>
/// Sends what is in the outbox, at least once each. Several workers, each with a mail transport of its own. A worker that
/// fails several times in a row rests between its tries, so that a dead server does not wear out every message's
/// schedule; the first that succeeds after that makes everything due at once.
/// </summary>
public sealed class OutboxDispatcher(
    IServiceScopeFactory scopes, OutboxSignal signal, SiteMetrics metrics, IOptions<OutboxOptions> options, ILogger<OutboxDispatcher> log) : BackgroundService
{
    /// <summary>How long a send that has begun may go on when the site stops. Less than the host waits, so that it is given back in time.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(15);

    /// <summary>Failures in a row after which a worker takes the server for dead, and its rest from then on.</summary>
    private const int DeadAfter = 3;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Also at the start: what went wrong before it may be what it was restarted for.</summary>
    private volatile bool _wasDead = true;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), CancellationToken.None)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        var pause = TimeSpan.FromSeconds(options.Value.PollSeconds);
        await using var life = scopes.CreateAsyncScope();
        var transport = life.ServiceProvider.GetRequiredService<IMailTransport>();
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var turn = await SendNextAsync(transport, stopping);
                failures = turn switch
                {
                    Turn.Sent => 0,
                    Turn.Unavailable => failures + 1,
                    _ => failures,
                };
                if (turn == Turn.NothingDue)
                {
                    await signal.WaitAsync(pause, stopping);
                }
                else if (turn == Turn.Sent && _wasDead)
                {
                    await CatchUpAsync(stopping);
                }
                else if (turn == Turn.Unavailable && failures >= DeadAfter)
                {
                    _wasDead = true;
                    await Task.Delay(Rest, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The database is away: nothing was claimed, or the lease will run out. Wait and look again.
                log.LogWarning("The outbox cannot be worked on: {Fault}", fault.GetType().Name);
                await Task.Delay(pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>The server takes mails again: nothing waits for the end of a pause from when it did not.</summary>
    private async Task CatchUpAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var waited = await scope.ServiceProvider.GetRequiredService<OutboxStore>().EndPausesAsync(stopping);

        // Not before: where the database was away just then, the next success does it.
        _wasDead = false;
        if (waited > 0)
            log.LogInformation("Mail leaves again: {Count} messages that waited for another try are due now", waited);
    }

    private async Task<Turn> SendNextAsync(IMailTransport transport, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<OutboxStore>();
        if (await store.ClaimAsync(stopping) is not { } lease) return Turn.NothingDue;

        // From here on stopping waits a while: a send that has begun is finished and stamped, or given back.
        using var patience = new CancellationTokenSource();
        await using var leaving = stopping.Register(() => patience.CancelAfter(Goodbye));
        try
        {
            var message = await store.ReadAsync(lease, CancellationToken.None);
            var mail = await scope.ServiceProvider.GetServices<IMailWriter>().Single(writer => writer.Kinds.Contains(message.Kind)).ComposeAsync(message, CancellationToken.None);
            if (mail is null)
            {
                await store.DropAsync(lease, CancellationToken.None);
                metrics.MailDropped();
                log.LogInformation("Outbox message {MessageId} is dropped: what it would say no longer holds", lease.MessageId);
                return Turn.Settled;
            }

            await transport.SendAsync(mail, patience.Token);
            var stamped = await store.StampSentAsync(lease, CancellationToken.None);
            metrics.MailSent(message);
            log.LogInformation("Outbox message {MessageId} sent at attempt {Attempts}{Late}", lease.MessageId, lease.Attempts, stamped ? "" : ", after its lease had run out");
            return Turn.Sent;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            log.LogWarning("Outbox message {MessageId} was not finished when the site stopped", lease.MessageId);
            await store.PostponeAsync(lease, "The site stopped while it was being sent.", CancellationToken.None);
        }
        catch (MailUnavailableException fault)
        {
            log.LogWarning("Outbox message {MessageId} not sent at attempt {Attempts}: {Reason}", lease.MessageId, lease.Attempts, fault.Message);
            metrics.MailPostponed();
            await store.PostponeAsync(lease, fault.Message, CancellationToken.None);
            return Turn.Unavailable;
        }
        catch (MailRefusedException fault)
        {
            log.LogError("Outbox message {MessageId} is parked: {Reason}", lease.MessageId, fault.Message);
            metrics.MailParked();
            await store.ParkAsync(lease, fault.Message, CancellationToken.None);
        }
        catch (Exception fault) when (fault is not System.Data.Common.DbException)
        {
            var reason = fault.GetType().Name;
            log.LogError("Outbox message {MessageId} failed at attempt {Attempts}: {Reason}", lease.MessageId, lease.Attempts, reason);
            if (lease.Attempts >= OutboxMessage.MostCrashes)
            {
                metrics.MailParked();
                await store.ParkAsync(lease, reason, CancellationToken.None);
            }
            else
            {
                metrics.MailPostponed();
                await store.PostponeAsync(lease, reason, CancellationToken.None);
            }
        }

        return Turn.Settled;
    }

    /// <summary>How one look at the outbox ended. Settled: dropped, parked, given back or postponed for a fault of its own.</summary>
    private enum Turn
    {
        NothingDue,
        Sent,
        Unavailable,
        Settled,
    }
}
