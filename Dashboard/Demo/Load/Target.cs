namespace Dashboard.Demo.Load;

/// <summary>The server that receives the traffic, on loopback.</summary>
/// <param name="MaxMemory">Bytes; the amount of traffic depends on it.</param>
internal sealed record Target(int Port, string? Password, long MaxMemory)
{
    /// <summary>How long the application waits for an answer, and then again before it retries.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);
}
