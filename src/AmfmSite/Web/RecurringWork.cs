namespace AmfmSite.Web;

/// <summary>
/// Work that is done at the start of the site and then again and again. A run that fails, as when the database is away, is
/// told when it begins to fail, and the next run comes at its time all the same; so does one that was cancelled by
/// somebody other than the site that stops, which would otherwise end the site.
/// </summary>
/// <param name="failure">What it means that a run failed, for the log; the kind of the fault is added.</param>
public abstract class RecurringWork(TimeProvider clock, TimeSpan pause, string failure, ILogger log) : BackgroundService
{
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        using var timer = new PeriodicTimer(pause, Clock);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
                failing = false;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                if (!failing) log.LogError("{Failure}: {Fault}", failure, fault.GetType().Name);
                failing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    protected TimeProvider Clock { get; } = clock;

    protected abstract Task RunAsync(CancellationToken cancellation);
}
