using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>A connection as the backplane's user, to ask what that user may do. The backplane has connections of its own.</summary>
/// <param name="timeout">The time for each question, connecting included.</param>
internal sealed class ServerBackplane(Instance instance, TimeSpan timeout, TimeProvider time)
    : ValkeyServer(instance, ConnectionRole.Backplane, timeout, time), IServerBackplane;
