using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>Makes the connections of an instance, each with its own duty. Nothing is connected before the first question.</summary>
internal sealed class ValkeyServers(TimeProvider time)
{
    /// <summary>How long one question may take when nothing else is said.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

    /// <param name="timeout">For each question, connecting included.</param>
    public IValkeyServer Watch(Instance instance, TimeSpan timeout) => new ValkeyServer(instance, timeout, time);

    public IValkeyServer Watch(Instance instance) => Watch(instance, DefaultTimeout);

    /// <summary>A connection that may do what <paramref name="role"/> declares.</summary>
    /// <param name="timeout">For each question, connecting included.</param>
    public IValkeyServer For(ConnectionRole role, Instance instance, TimeSpan timeout) => new ValkeyServer(instance, timeout, time, role);
}
