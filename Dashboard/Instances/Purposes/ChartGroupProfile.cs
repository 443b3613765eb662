namespace Dashboard.Instances.Purposes;

/// <summary>Charts that belong together on an instance's page.</summary>
/// <param name="Charts">Their ids.</param>
public sealed record ChartGroupProfile(string Title, params IReadOnlyList<string> Charts)
{
    public static ChartGroupProfile Memory { get; } = new("Memory", "memory", "resident");

    public static ChartGroupProfile Keys { get; } = new("Keys", "keys", "removals");

    public static ChartGroupProfile Persistence { get; } = new("Persistence", "writes", "aof", "fsync");

    /// <param name="first">Charts before those that every server has.</param>
    public static ChartGroupProfile Traffic(params ReadOnlySpan<string> first) =>
        new("Traffic", [.. first, "operations", "network", "round-trip", "busy", "errors"]);

    /// <param name="last">Charts after those that every server has.</param>
    public static ChartGroupProfile Clients(params ReadOnlySpan<string> last) => new("Clients", ["clients", "connections", .. last]);
}
