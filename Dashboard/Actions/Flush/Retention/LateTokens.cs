namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// Says how long the server may still write the token of a flush whose run is over: a step can arrive late. By the server's clock, which
/// the step itself is bound by. One sweep uses it, one flush after the other.
/// </summary>
/// <param name="ahead">How far the server's clock is ahead of what it says; zero but for tests, which cannot set it.</param>
internal sealed class LateTokens(Func<TimeSpan> ahead)
{
    private readonly Dictionary<Guid, long> _seen = [];

    /// <param name="now">The server's clock, in microseconds since 1970, as it was read together with the tokens.</param>
    /// <remarks>The step was sent before its run was over: the server refuses it once its longest delay has passed since.</remarks>
    public bool MayArrive(Guid flush, long now)
    {
        var at = now + (long)ahead().TotalMicroseconds;
        return at <= (_seen.TryGetValue(flush, out var first) ? first : _seen[flush] = at) + SoftFlush.MaxDelayMicroseconds;
    }

    public void ForgetAllBut(IReadOnlyCollection<Guid> open)
    {
        foreach (var flush in _seen.Keys.Except(open).ToList())
        {
            _seen.Remove(flush);
        }
    }
}
