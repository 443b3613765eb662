using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>Makes the connections of an instance, one for each role. Nothing is connected before the first question.</summary>
internal sealed class ValkeyServers(TimeProvider time)
{
    /// <summary>How long one question may take where no other time is given.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The hits and misses that the acting connections caused.</summary>
    public OwnLookups Lookups { get; } = new();

    /// <param name="timeout">The time for each question, connecting included.</param>
    public IServerWatcher Watcher(Instance instance, TimeSpan timeout) => new ServerWatcher(instance, timeout, time);

    /// <param name="timeout">The time for each question, connecting included.</param>
    public IServerActor Actor(Instance instance, TimeSpan timeout) => new ServerActor(instance, timeout, time, Lookups);

    /// <summary>Makes the connection for a role, with the calls that all have.</summary>
    /// <param name="timeout">The time for each question, connecting included.</param>
    public IConnectedServer For(ConnectionRole role, Instance instance, TimeSpan timeout) => role switch
    {
        ConnectionRole.Watch => Watcher(instance, timeout),
        ConnectionRole.Act => Actor(instance, timeout),
        _ => new ServerBackplane(instance, timeout, time),
    };
}
