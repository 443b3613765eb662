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
/// Tells programs what changed, and never waits for one that does not read.
/// </summary>
internal sealed partial class FleetFeed(
    Fleet fleet, RunStore runs, ChangeFeed changes, FleetConnections connections, IHubContext<FleetHub, IFleetClient> hub,
    TimeProvider time, ILogger<FleetFeed> log)
    : BackgroundService
{
    /// <summary>The shortest time between two looks at the fleet: polls of several instances end within moments of each other.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(250);

    private bool _isFailing;

    private readonly Channel<bool> _polled =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private IReadOnlyList<InstanceJson>? _told;
    private Dictionary<(InstanceId Instance, string Rule), Finding> _firing = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watch = fleet.Watch(_ => _polled.Writer.TryWrite(true));
        using var subscription = changes.Subscribe(nameof(FleetFeed), OnRunsAsync, ChangeKind.Run);
        try
        {
            while (await _polled.Reader.ReadAsync(stoppingToken))
            {
                TellSafely();
                await Task.Delay(Spacing, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    /// <summary>What fires now. An alert that may be over in a moment is none yet.</summary>
    /// <param name="before">What fired before: on an instance that does not answer now, it still does, because nothing is known.</param>
    internal static Dictionary<(InstanceId Instance, string Rule), Finding> Firing(
        Dictionary<(InstanceId Instance, string Rule), Finding> before, FleetSnapshot now)
    {
        var firing = now.Findings.Where(finding => !finding.Tentative).DistinctBy(finding => (finding.Instance, finding.Rule))
            .ToDictionary(finding => (finding.Instance, finding.Rule));
        var unknown = now.States.Where(state => !state.IsAnswering).Select(state => state.Instance.Id).ToHashSet();
        foreach (var (key, finding) in before)
        {
            if (unknown.Contains(key.Instance))
            {
                firing.TryAdd(key, finding);
            }
        }

        return firing;
    }

    private void TellSafely()
    {
        try
        {
            Tell();
            _isFailing = false;
        }
        catch (Exception error)
        {
            if (!_isFailing)
            {
                LogUnexpected(error);
            }

            _isFailing = true;
        }
    }

    /// <summary>Compares also while no program is connected: whoever connects is sent everything, and then what changes.</summary>
    private void Tell()
    {
        var snapshot = FleetSnapshot.Of(fleet.States);
        var (instances, firing) = (InstanceJson.Of(snapshot), Firing(_firing, snapshot));
        if (_told is not null && !StatusOf(_told).SequenceEqual(StatusOf(instances)))
        {
            SendAll(client => client.FleetChanged(instances));
        }

        foreach (var begun in firing.Where(one => !_firing.ContainsKey(one.Key)))
        {
            SendAll(client => client.AlertChanged(AlertJson.Of(begun.Value, isOver: false)));
        }

        foreach (var over in _firing.Where(one => !firing.ContainsKey(one.Key)))
        {
            SendAll(client => client.AlertChanged(AlertJson.Of(over.Value, isOver: true)));
        }

        (_told, _firing) = (instances, firing);
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

    [LoggerMessage(641, LogLevel.Error, "Telling programs what changed failed unexpectedly. It is logged again only after a success")]
    private partial void LogUnexpected(Exception error);
}
