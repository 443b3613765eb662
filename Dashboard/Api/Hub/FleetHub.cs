using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Dashboard.Access.ApiTokens;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Api.Hub;

/// <summary>
/// What the console sees, for programs with a machine token: read-only. Each console serves its own connections; nothing of it crosses the
/// cable instance.
/// </summary>
internal sealed class FleetHub(Fleet fleet, FleetConnections connections, ApiTokenAdministration tokens) : Hub<IFleetClient>
{
    /// <summary>Ends with the version of the contract (<see cref="IFleetClient"/>).</summary>
    public const string Path = "/hubs/fleet/v1";

    /// <summary>The maximum number of streams that one connection has at a time.</summary>
    public const int MaxStreams = 5;

    private const string Streams = "streams";

    public override async Task OnConnectedAsync()
    {
        if (connections.TryAdd(Context) is { } refusal)
        {
            throw new HubException(refusal);
        }

        await Clients.Caller.FleetChanged(InstanceJson.Of(FleetSnapshot.Of(fleet.States)));
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    /// <summary>The state of one instance now and after each poll. A slow reader misses some, never the latest.</summary>
    /// <param name="instance">The id of the instance.</param>
    public async IAsyncEnumerable<InstanceJson> InstanceState(string instance, [EnumeratorCancellation] CancellationToken cancel)
    {
        var items = Context.Items;
        if (!TryCount(items, 1))
        {
            throw new HubException($"This connection already has {MaxStreams} streams. End one first.");
        }

        try
        {
            if (!await tokens.IsAcceptedAsync(FleetConnections.TokenOf(Context), ApiTokenScope.Hub, cancel))
            {
                Context.Abort();
                yield break;
            }

            if (InstanceId.Parse(instance) is not { } id || fleet.Find(id) is null)
            {
                throw new HubException("No instance has this id. FleetChanged names those that there are.");
            }

            var latest = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
            using var watch = fleet.Watch(state => _ = state.Instance.Id == id && latest.Writer.TryWrite(true));
            do
            {
                yield return InstanceJson.Of(fleet.Find(id)!, FleetSnapshot.Of(fleet.States));
            }
            while (await latest.Reader.ReadAsync(cancel));
        }
        finally
        {
            TryCount(items, -1);
        }
    }

    /// <returns>False where there are too many.</returns>
    private static bool TryCount(IDictionary<object, object?> items, int change)
    {
        lock (items)
        {
            var count = (items.TryGetValue(Streams, out var before) && before is int some ? some : 0) + change;
            if (count > MaxStreams)
            {
                return false;
            }

            items[Streams] = count;
            return true;
        }
    }
}
