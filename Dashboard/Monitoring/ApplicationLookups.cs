using Dashboard.Info;
using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>
/// Takes the hits and misses that this console caused out of the counters of one server, so that charts, history and rules show those of
/// the application.
/// </summary>
/// <remarks>
/// A step runs on the server before its answer is here. What was caused is therefore read before INFO is asked: INFO then has all of it,
/// and at most a little more, so a counter is never too low. One that was a little too high stays until the rest has been counted.
/// </remarks>
internal sealed class ApplicationLookups
{
    private string? _runId;
    private Counter _hits, _misses;

    /// <param name="made">What this console caused, as read before INFO was asked; null for nothing.</param>
    public Snapshot Of(Snapshot snapshot, (string RunId, KeyLookups Lookups)? made)
    {
        var own = made is { } known && known.RunId == snapshot.Server.RunId ? known.Lookups : default;
        if (_runId != snapshot.Server.RunId)
        {
            (_runId, _hits, _misses) = (snapshot.Server.RunId, default, default);
        }

        (_hits, _misses) = (_hits.After(snapshot.Stats.Hits, own.Hits), _misses.After(snapshot.Stats.Misses, own.Misses));
        return snapshot with { Stats = snapshot.Stats with { Hits = _hits.Value, Misses = _misses.Value } };
    }

    /// <summary>One counter of a server process.</summary>
    /// <param name="Value">Without what the console caused; null where the server does not say it.</param>
    /// <param name="Raw">As the server said it last.</param>
    /// <param name="Base">What the console had caused when CONFIG RESETSTAT set the counter to 0.</param>
    private readonly record struct Counter(long? Value, long Raw, long Base)
    {
        public Counter After(long? raw, long own)
        {
            if (raw is not { } now)
            {
                return this with { Value = null };
            }

            var reset = now < Raw;
            var (since, least) = reset ? (own, 0) : (Base, Value ?? 0);
            return new(Math.Max(least, now - (own - since)), now, since);
        }
    }
}
