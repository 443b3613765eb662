namespace Dashboard.Benchmarks.Actions;

/// <summary>What another client saw of each way to empty a cache, once.</summary>
internal sealed record FlushRound(Beside Swap, Beside Undo, Beside Purge, Beside Flush)
{
    public override string ToString() => $"swap {Swap}; undo {Undo}; purge {Purge}; flush {Flush}";
}
