using Dashboard.Valkey;

namespace Dashboard.Realtime;

/// <summary>The backplane has no connection. SignalR's manager tries again at the next send.</summary>
internal sealed class BackplaneException(Fault fault) : IOException($"The backplane has no connection: {fault.Kind}.");
