using Microsoft.Extensions.Hosting;

namespace AmfmSite.FaultHost;

/// <summary>A point while the site starts: its services are there, and it does not listen yet.</summary>
internal sealed class StartFaults(FaultBoard board) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => board.ReachAsync("starting");

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
