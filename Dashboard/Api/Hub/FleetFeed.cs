using System.Threading.Channels;
using Dashboard.Actions.Execution;
using Dashboard.Alerts;
using Dashboard.Changes;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Storage;
using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Api.Hub;

/// <summary>
/// Tells programs what changed. It does nothing while none is connected, and never waits for one that does not read.
/// </summary>
internal sealed class FleetFeed(
    Fleet fleet, RunStore runs, ChangeFeed changes, FleetConnections connections, IHubContext<FleetHub, IFleetClient> hub,
    TimeProvider time)
    : BackgroundService
{
    /// <summary>The shortest time between two looks at the fleet: polls of several instances end within moments of each other.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(250);

    private readonly Channel<bool> _polled =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private FleetSnapshot? _before;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watch = fleet.Watch(_ => _polled.Writer.TryWrite(true));
        using var subscription = changes.Subscribe(nameof(FleetFeed), OnRunsAsync, ChangeKind.Run);
        try
        {
            while (await _polled.Reader.ReadAsync(stoppingToken))
            {
                Tell();
                await Task.Delay(Spacing, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    /// <summary>What began or ended between two looks. An alert that may be over in a moment is none yet.</summary>
    internal static IEnumerable<AlertJson> Changes(FleetSnapshot before, FleetSnapshot now)
    {
        var (old, current) = (ByRule(before), ByRule(now));
        return current.Where(one => !old.ContainsKey(one.Key)).Select(one => AlertJson.Of(one.Value, isOver: false))
            .Concat(old.Where(one => !current.ContainsKey(one.Key)).Select(one => AlertJson.Of(one.Value, isOver: true)));
    }

    private static Dictionary<(InstanceId Instance, string Rule), Finding> ByRule(FleetSnapshot snapshot) =>
        snapshot.Findings.Where(finding => !finding.Tentative).DistinctBy(finding => (finding.Instance, finding.Rule))
            .ToDictionary(finding => (finding.Instance, finding.Rule));

    private void Tell()
    {
        if (connections.All is [])
        {
            _before = null;
            return;
        }

        var (before, now) = (_before, FleetSnapshot.Of(fleet.States));
        _before = now;
        if (before is null)
        {
            // Whoever connected was sent everything.
            return;
        }

        var instances = InstanceJson.Of(now);
        if (!StatusOf(InstanceJson.Of(before)).SequenceEqual(StatusOf(instances)))
        {
            SendAll(client => client.FleetChanged(instances));
        }

        foreach (var alert in Changes(before, now))
        {
            SendAll(client => client.AlertChanged(alert));
        }
    }

    private static IEnumerable<InstanceJson> StatusOf(IEnumerable<InstanceJson> instances) =>
        instances.Select(instance => instance with { AsOf = null });

    private async Task OnRunsAsync(IReadOnlyCollection<Change> some)
    {
        if (connections.All is [])
        {
            return;
        }

        foreach (var id in some.Select(change => Guid.TryParse(change.Id, out var run) ? run : (Guid?)null).OfType<Guid>().Distinct())
        {
            try
            {
                if (await runs.FindAsync(id, CancellationToken.None) is { } run)
                {
                    SendAll(client => client.RunChanged(RunJson.Of(run)));
                }
            }
            catch (StoreException)
            {
                // The banner about console.db says what is wrong with it.
            }
        }
    }

    private void SendAll(Func<IFleetClient, Task> send)
    {
        foreach (var connection in connections.All)
        {
            connection.Send(() => send(hub.Clients.Client(connection.Id)));
        }
    }
}
