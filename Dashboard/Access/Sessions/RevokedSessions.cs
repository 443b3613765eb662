using System.Collections.Concurrent;

namespace Dashboard.Access.Sessions;

/// <summary>
/// Sessions that ended while console.db could not be written: they stay invalid here, whatever it says later. They are kept in memory, by
/// the hash of their id, for as long as a session may last.
/// </summary>
internal sealed class RevokedSessions(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    public void Add(string hash)
    {
        foreach (var old in _ended.Where(one => (time.GetUtcNow() - one.Value).Duration() > Session.Longest))
        {
            _ended.TryRemove(old);
        }

        _ended[hash] = time.GetUtcNow();
    }

    public bool Has(string hash) => _ended.ContainsKey(hash);
}
