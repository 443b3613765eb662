namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// When to look after a swap again that could not be looked after, and since when that is so. On the monotonic clock; one sweep asks, one
/// swap after the other.
/// </summary>
internal sealed class SwapTries(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, (long Since, long At, TimeSpan Wait)> _failed = [];

    /// <summary>Swaps that could not be looked after the last time.</summary>
    public int Count => _failed.Count;

    public bool IsDue(Guid swap) => !_failed.TryGetValue(swap, out var last) || time.GetElapsedTime(last.At) >= last.Wait;

    /// <summary>It failed once more: the next try comes later.</summary>
    /// <returns>For how long it has failed.</returns>
    public TimeSpan Failed(Guid swap)
    {
        var (now, first) = (time.GetTimestamp(), !_failed.TryGetValue(swap, out var last));
        _failed[swap] = first ? (now, now, First) : (last.Since, now, last.Wait * 2 is var wait && wait < Longest ? wait : Longest);
        return time.GetElapsedTime(_failed[swap].Since);
    }

    /// <summary>It went well, or it is over.</summary>
    public void Forget(Guid swap) => _failed.Remove(swap);

    /// <summary>Another console may have ended those that are not open any more.</summary>
    public void ForgetAllBut(IReadOnlyCollection<Guid> open)
    {
        foreach (var swap in _failed.Keys.Except(open).ToList())
        {
            _failed.Remove(swap);
        }
    }
}
