namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// Says whose time is over, by the monotonic clock: a wall clock that is set forward must not end an Undo early.
/// </summary>
internal sealed class RetentionDeadlines(TimeProvider time)
{
    private Dictionary<(Guid Flush, DateTimeOffset EndsAt), (long Met, TimeSpan Left)> _met = [];

    /// <param name="retained">All that are retained now; others are forgotten.</param>
    public IReadOnlyList<RetainedFlush> Over(IEnumerable<RetainedFlush> retained)
    {
        var now = retained.ToDictionary(
            flush => flush,
            flush => _met.TryGetValue((flush.Id, flush.EndsAt), out var met)
                ? met
                : (Met: time.GetTimestamp(), Left: flush.EndsAt - time.GetUtcNow()));
        _met = now.ToDictionary(one => (one.Key.Id, one.Key.EndsAt), one => one.Value);
        return [.. now.Where(one => time.GetElapsedTime(one.Value.Met) >= one.Value.Left).Select(one => one.Key)];
    }
}
