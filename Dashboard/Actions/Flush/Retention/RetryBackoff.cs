namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// When a flush whose handling failed is due again, and for how long its server was not found. By the monotonic clock; one sweep uses it,
/// one flush after the other.
/// </summary>
internal sealed class RetryBackoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, Failure> _failed = [];

    /// <summary>The number of flushes whose handling failed the last time.</summary>
    public int Count => _failed.Count;

    public bool IsDue(Guid flush) => !_failed.TryGetValue(flush, out var last) || time.GetElapsedTime(last.At) >= last.Wait;

    /// <summary>Records a failure: the next attempt comes later.</summary>
    public void Failed(Guid flush) => Add(flush, elsewhere: false);

    /// <summary>Records that the flush's server is not there: another one answers, or the settings do not name it.</summary>
    /// <returns>
    /// For how long that was seen. What lies between two attempts counts where both saw it, so time in which no server answered does not.
    /// </returns>
    public TimeSpan FailedElsewhere(Guid flush) => Add(flush, elsewhere: true);

    /// <summary>Its server answered: it counts from the beginning again for how long another one does.</summary>
    public void Found(Guid flush)
    {
        if (_failed.TryGetValue(flush, out var last))
        {
            _failed[flush] = last with { Elsewhere = false, ElsewhereFor = TimeSpan.Zero };
        }
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

    private TimeSpan Add(Guid flush, bool elsewhere)
    {
        var now = time.GetTimestamp();
        var last = _failed.GetValueOrDefault(flush) ?? new(now, First / 2, false, TimeSpan.Zero);
        var seen = last.ElsewhereFor + (elsewhere && last.Elsewhere ? time.GetElapsedTime(last.At, now) : TimeSpan.Zero);
        _failed[flush] = new(now, last.Wait * 2 is var wait && wait < Longest ? wait : Longest, elsewhere, seen);
        return seen;
    }

    /// <param name="At">When it failed the last time.</param>
    /// <param name="Elsewhere">Whether its server was not there then.</param>
    private sealed record Failure(long At, TimeSpan Wait, bool Elsewhere, TimeSpan ElsewhereFor);
}
