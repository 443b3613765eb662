using Dashboard.Actions.Tokens.Sockets;
using Dashboard.Servers;

namespace Dashboard.Browser;

/// <summary>
/// Three servers, a process of each of two versions of Rails on the cable, and a console that can close their sockets. Its scans are fast
/// enough for a server with many keys.
/// </summary>
public sealed class WatchedRails(Chromium chromium) : IAsyncLifetime
{
    private const string Prefix = "shop_production";

    private static readonly SocketSettings Sockets = GivenSockets.Settings(Prefix);

    private RailsSide? _installed;
    private RailsSide? _newer;

    internal WatchedTrio Trio { get; } = new(chromium)
    {
        Settings =
        [
            "Dashboard:Pacing:Pause=5ms", $"Dashboard:Sockets:ChannelPrefix={Prefix}",
            $"Dashboard:Sockets:GlobalIdApp={Sockets.GlobalIdApp}",
            $"Dashboard:Sockets:IdentifiedBy={string.Join(',', Sockets.IdentifiedBy)}",
        ],
    };

    /// <summary>ActionCable as it is installed: 6.1 on Debian 12.</summary>
    internal RailsSide Installed => _installed!;

    /// <summary>ActionCable 7.1 or newer, where there is one.</summary>
    internal RailsSide Newer => _newer!;

    public async ValueTask InitializeAsync()
    {
        await Trio.InitializeAsync();
        // Room for many keys.
        await Trio.Servers.Session.CallAsync("CONFIG", "SET", "maxmemory", "64mb");
        _installed = await RailsSide.StartAsync(Trio.Servers.Cable, Prefix);
        _newer = await RailsSide.StartAsync(Trio.Servers.Cable, Prefix, newer: true);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var rails in new[] { _installed, _newer }.OfType<RailsSide>())
        {
            await rails.DisposeAsync();
        }

        await Trio.DisposeAsync();
    }

    /// <summary>Waits until the processes have so many subscriptions to the channels of a user.</summary>
    internal Task OnlineAsync(string user, int subscriptions) =>
        Eventually.Async(() => SubscriptionsAsync(user), seen => seen == subscriptions);

    /// <summary>The subscriptions of all processes to the channels of a user, as the server counts them.</summary>
    internal async Task<long> SubscriptionsAsync(string user)
    {
        var channels = (string[])(await Trio.Servers.Cable.CallAsync("PUBSUB", "CHANNELS", new UserChannels(Sockets, user).Pattern))!;
        var counts = await Trio.Servers.Cable.CallAsync("PUBSUB", ["NUMSUB", .. channels]);
        return counts.ToDictionary().Values.Sum(count => (long)count);
    }
}
