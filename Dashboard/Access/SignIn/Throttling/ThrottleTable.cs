namespace Dashboard.Access.SignIn.Throttling;

/// <summary>The counters of the throttle, bounded however many clients call. The caller holds a lock.</summary>
/// <remarks>
/// Only a failure makes an entry; reading does not. When the table is full, entries that do not cause a wait yet are removed first, those
/// with the fewest failures before others. An entry that has used up its free failures stays for <see cref="Remembered"/>, so that callers
/// cannot remove their own failures by inventing names.
/// </remarks>
internal sealed class ThrottleTable(TimeProvider time)
{
    /// <summary>The maximum number of entries.</summary>
    public const int MaxEntries = 20_000;

    /// <summary>The entries reserved for people from known addresses when strangers have filled the rest.</summary>
    public const int Reserved = MaxEntries / 10;

    /// <summary>The memory of the table in bytes, allocated at the start and kept: about 100 per entry.</summary>
    public const int MaxBytes = 2_500_000;

    /// <summary>The number of entries of one attempt.</summary>
    private const int PerAttempt = 3;

    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Remembered = 2 * SignInThrottle.Longest;

    private readonly Dictionary<ThrottleKey, ThrottleEntry> _entries = new(MaxEntries);

    public int Count => _entries.Count;

    /// <summary>Finds an entry; an empty one where nothing failed recently.</summary>
    public ThrottleEntry Find(ThrottleKey key, long now) =>
        _entries.TryGetValue(key, out var entry) && !IsForgotten(entry, now) ? entry : default;

    /// <returns>False when every entry must stay, because it causes a wait.</returns>
    public bool MakeRoom(bool known, long now)
    {
        var limit = (known ? MaxEntries : MaxEntries - Reserved) - PerAttempt;
        if (_entries.Count > limit)
        {
            Evict(now);
        }

        return _entries.Count <= limit;
    }

    public void Fail(ThrottleKey key, long now) => _entries[key] = Find(key, now).Failed(now);

    /// <summary>Withdraws the last failure.</summary>
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
        var evicted = _entries.Where(pair => !MustStay(pair.Key, pair.Value, now)).OrderByDescending(pair => IsForgotten(pair.Value, now))
            .ThenBy(pair => pair.Value.Failures).ThenBy(pair => pair.Value.Last).Take(Reserved).Select(pair => pair.Key).ToList();
        evicted.ForEach(key => _entries.Remove(key));
    }

    private bool MustStay(ThrottleKey key, ThrottleEntry entry, long now) =>
        entry.Failures >= SignInThrottle.FreeOf(key.Scope) && !IsForgotten(entry, now);

    private bool IsForgotten(ThrottleEntry entry, long now) => time.GetElapsedTime(entry.Last, now) > Remembered;
}
