namespace Dashboard.Benchmarks.Actions;

/// <summary>What another client measured of each way to empty a cache, once.</summary>
internal sealed record FlushRound(ClientComparison Swap, ClientComparison Undo, ClientComparison Purge, ClientComparison Flush)
{
    public override string ToString() => $"swap {Swap}; undo {Undo}; purge {Purge}; flush {Flush}";
}
