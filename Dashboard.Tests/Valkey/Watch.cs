using Dashboard.Instances;
using Dashboard.Servers;

namespace Dashboard.Valkey;

/// <summary>The console's watching connection to a test's server.</summary>
internal static class Watch
{
    /// <summary>As the console has it.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static IValkeyServer Over(TestServer server) => Over(server.Instance());

    public static IValkeyServer Over(Instance instance, TimeSpan? timeout = null) => new ValkeyServers(TimeProvider.System).Watch(instance, timeout ?? Timeout);
}
