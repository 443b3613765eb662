using Dashboard.Monitoring;

namespace Dashboard.History;

/// <summary>Passes the reading of every poll to the writer.</summary>
internal sealed class FleetHistory(Fleet fleet, HistoryWriter writer) : IHostedService
{
    private IDisposable? _watch;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watch = fleet.Watch(state => writer.Append(state.Instance.Id, state.LatestReading!));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _watch?.Dispose();
        return Task.CompletedTask;
    }
}
