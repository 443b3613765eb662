namespace Dashboard.Actions.Flush.Retention;

/// <summary>Whose time is over, on the monotonic clock: a wall clock that is set forward must not cost anybody their Undo.</summary>
internal sealed class SwapEnds(TimeProvider time)
{
    private Dictionary<(Guid Swap, DateTimeOffset EndsAt), (long Met, TimeSpan Left)> _met = [];

    /// <param name="kept">All that are kept now; what is not among them is forgotten.</param>
    public IReadOnlyList<Swap> Over(IEnumerable<Swap> kept)
    {
        var now =
            kept.ToDictionary(
                swap => swap,
                swap =>
                    _met.TryGetValue((swap.Id, swap.EndsAt), out var met)
                        ? met
                        : (Met: time.GetTimestamp(), Left: swap.EndsAt - time.GetUtcNow()));
        _met = now.ToDictionary(one => (one.Key.Id, one.Key.EndsAt), one => one.Value);
        return [.. now.Where(one => time.GetElapsedTime(one.Value.Met) >= one.Value.Left).Select(one => one.Key)];
    }
}
