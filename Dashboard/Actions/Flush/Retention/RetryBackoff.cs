namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// When a flush whose handling failed is due again, and since when it fails. By the monotonic clock; one sweep uses it, one flush after the
/// other.
/// </summary>
internal sealed class RetryBackoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, (long Since, long At, TimeSpan Wait)> _failed = [];

    /// <summary>The number of flushes whose handling failed the last time.</summary>
    public int Count => _failed.Count;

    public bool IsDue(Guid flush) => !_failed.TryGetValue(flush, out var last) || time.GetElapsedTime(last.At) >= last.Wait;

    /// <summary>Records a failure: the next attempt comes later.</summary>
    /// <returns>For how long it has failed.</returns>
    public TimeSpan Failed(Guid flush)
    {
        var (now, first) = (time.GetTimestamp(), !_failed.TryGetValue(flush, out var last));
        _failed[flush] = first ? (now, now, First) : (last.Since, now, last.Wait * 2 is var wait && wait < Longest ? wait : Longest);
        return time.GetElapsedTime(_failed[flush].Since);
    }

    /// <summary>It succeeded, or the flush is closed.</summary>
    public void Forget(Guid flush) => _failed.Remove(flush);

    /// <summary>Another console may have closed those that are not open any more.</summary>
    public void ForgetAllBut(IReadOnlyCollection<Guid> open)
    {
        foreach (var flush in _failed.Keys.Except(open).ToList())
        {
            _failed.Remove(flush);
        }
    }
}
