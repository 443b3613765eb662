using Dashboard.Instances;
using Dashboard.Servers;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Valkey;

/// <summary>The console's watching connection to a test's server.</summary>
internal static class WatchingConnection
{
    /// <summary>
    /// The longest timeout that the settings allow, so that a test that is not about a deadline meets none on a busy machine.
    /// </summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static IServerWatcher Over(TestServer server, TimeProvider? time = null) => Over(server.Instance(), time);

    /// <param name="timeout">The timeout; <see cref="Timeout"/> if null.</param>
    public static IServerWatcher Over(Instance instance, TimeProvider? time = null, TimeSpan? timeout = null) =>
        new ValkeyServers(time ?? TimeProvider.System).Watcher(instance, timeout ?? Timeout);
}
