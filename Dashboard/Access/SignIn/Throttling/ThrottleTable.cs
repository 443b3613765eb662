namespace Dashboard.Access.SignIn.Throttling;

/// <summary>The brake's counters, of a size that no crowd can push. The brake takes a lock.</summary>
/// <remarks>
/// Only a failure makes an entry; looking never does. When the table is full, entries that keep nobody waiting yet go first, those with the
/// fewest failures before others. One that has used up its free failures stays for <see cref="Remembered"/>, so that nobody washes their
/// own failures away with names made up.
/// </remarks>
internal sealed class ThrottleTable(TimeProvider time)
{
    /// <summary>Entries at most.</summary>
    public const int Most = 20_000;

    /// <summary>Of them, for people from known addresses when strangers have filled the rest.</summary>
    public const int Reserved = Most / 10;

    /// <summary>Bytes the table takes, from the start and for good: about 100 an entry.</summary>
    public const int MostBytes = 2_500_000;

    /// <summary>Entries of one try.</summary>
    private const int OfOneTry = 3;

    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Remembered = 2 * SignInThrottle.Longest;

    private readonly Dictionary<ThrottleKey, ThrottleEntry> _entries = new(Most);

    public int Count => _entries.Count;

    /// <summary>Nothing, where nothing failed lately.</summary>
    public ThrottleEntry Find(ThrottleKey key, long now) =>
        _entries.TryGetValue(key, out var entry) && !IsForgotten(entry, now) ? entry : default;

    /// <returns>False when all there is keeps somebody waiting.</returns>
    public bool MakeRoom(bool known, long now)
    {
        var most = (known ? Most : Most - Reserved) - OfOneTry;
        if (_entries.Count > most)
        {
            Evict(now);
        }

        return _entries.Count <= most;
    }

    public void Fail(ThrottleKey key, long now) => _entries[key] = Find(key, now).Failed(now);

    /// <summary>The last failure was none.</summary>
    public void Undo(ThrottleKey key)
    {
        if (!_entries.TryGetValue(key, out var entry) || entry.Failures <= 1)
        {
            _entries.Remove(key);
        }
        else
        {
            _entries[key] = entry.Undone;
        }
    }

    public void Remove(ThrottleKey key) => _entries.Remove(key);

    private void Evict(long now)
    {
        var least = _entries.Where(pair => !Stays(pair.Key, pair.Value, now)).OrderByDescending(pair => IsForgotten(pair.Value, now))
            .ThenBy(pair => pair.Value.Failures).ThenBy(pair => pair.Value.Last).Take(Reserved).Select(pair => pair.Key).ToList();
        least.ForEach(key => _entries.Remove(key));
    }

    private bool Stays(ThrottleKey key, ThrottleEntry entry, long now) =>
        entry.Failures >= SignInThrottle.FreeOf(key.Scope) && !IsForgotten(entry, now);

    private bool IsForgotten(ThrottleEntry entry, long now) => time.GetElapsedTime(entry.Last, now) > Remembered;
}
