namespace Dashboard.History;

/// <summary>The state of the store, for a page.</summary>
/// <param name="Since">When this state began.</param>
/// <param name="Why">While waiting: what is wrong and what to do, as a sentence.</param>
/// <param name="Bytes">Size on disk.</param>
/// <param name="MaxBytes">The most that it may take.</param>
/// <param name="Waiting">Readings not yet written.</param>
/// <param name="Dropped">Readings lost since the start because too many waited.</param>
/// <param name="SetAside">Where a damaged file was moved; null when none was.</param>
public sealed record HistoryStatus(
    HistoryState State, DateTimeOffset Since, string? Why, long Bytes, long MaxBytes, int Waiting, long Dropped, string? SetAside)
{
    /// <summary>What a person should know; null when all is well.</summary>
    public string? Notice => (State, SetAside) switch
    {
        (HistoryState.Waiting, _) => $"History has not been written since {Since:HH:mm:ss} UTC. {Why} Watching continues; {Lost}.",
        (_, { } path) => $"history.db was damaged. It was kept as {path}, and a new file was started: charts begin there.",
        _ => null,
    };

    private string Lost =>
        Dropped == 0 ? $"{Waiting} readings wait in memory" : $"{Waiting} readings wait in memory, {Dropped} older ones are lost";
}
