namespace Dashboard.Demo.Load;

/// <summary>The server that traffic goes to, on loopback.</summary>
/// <param name="MaxMemory">Bytes; the amount of traffic is made to measure.</param>
internal sealed record Target(int Port, string? Password, long MaxMemory)
{
    /// <summary>How long the application waits for an answer, and then before it tries again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);
}
