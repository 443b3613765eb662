namespace Dashboard.Valkey;

/// <summary>A process that uses ActionCable, by the name that it gives its connections: <c>ActionCable-PID-4711</c>.</summary>
/// <param name="Host">The address it connects from, without its port.</param>
/// <param name="Pid">Its process id on that host, or in its container.</param>
/// <param name="Listens">Whether one of its connections is subscribed to a channel. A process that only broadcasts does not.</param>
internal sealed record CableProcess(string Host, long Pid, bool Listens);
