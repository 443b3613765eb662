using System.Collections.Concurrent;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// The keys of what was revoked a moment ago, to look whether they came back. They are secrets: they stay in memory, for
/// <see cref="Life"/>.
/// </summary>
internal sealed class RevokedKeys(TimeProvider time)
{
    /// <summary>Until the last look, a minute after the run, and some seconds.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(75);

    /// <summary>The maximum number kept of one run; of more, a part is looked for, which the result says.</summary>
    public const int MaxOfRun = 10_000;

    private readonly ConcurrentDictionary<Guid, (long At, IReadOnlyList<FoundToken> Tokens, int Count)> _runs = new();

    public void Keep(Guid run, IReadOnlyList<FoundToken> tokens) =>
        _runs[run] = (time.GetTimestamp(), [.. tokens.Take(MaxOfRun)], tokens.Count);

    /// <summary>How many tokens the run revoked, also those that are not kept; null where it is forgotten.</summary>
    public int? CountOf(Guid run) => _runs.TryGetValue(run, out var kept) ? kept.Count : null;

    /// <returns>Empty where they are forgotten, or another console revoked them.</returns>
    public IReadOnlyList<FoundToken> Of(Guid run) => _runs.TryGetValue(run, out var kept) ? kept.Tokens : [];

    public void Sweep()
    {
        foreach (var (run, kept) in _runs)
        {
            if (time.GetElapsedTime(kept.At) > Life)
            {
                _runs.TryRemove(run, out _);
            }
        }
    }
}
