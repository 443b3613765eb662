namespace Dashboard.Actions.Tokens;

/// <summary>What was searched and found, in memory: for the pages that show it, and for the plans that are made of it.</summary>
internal sealed class TokenSearches(TimeProvider time) : IDisposable
{
    /// <summary>The maximum number of searches of one session; the oldest is forgotten.</summary>
    public const int MaxOfSession = 3;

    /// <summary>The maximum number of searches of all sessions; the oldest is forgotten.</summary>
    public const int MaxAll = 30;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, TokenSearch> _searches = [];

    /// <summary>The search of this session; null when there is none any more. Keeps it for another <see cref="TokenSearch.IdleLife"/>.</summary>
    public TokenSearch? Find(string? session, Guid id)
    {
        lock (_gate)
        {
            if (!_searches.TryGetValue(id, out var search) || search.Session != session)
            {
                return null;
            }

            search.UsedAt = time.GetTimestamp();
            return search;
        }
    }

    /// <summary>The search that a plan names; null when it is forgotten. The caller was given its id.</summary>
    public TokenSearch? Find(Guid id)
    {
        lock (_gate)
        {
            return _searches.GetValueOrDefault(id);
        }
    }

    public void Keep(TokenSearch search)
    {
        lock (_gate)
        {
            search.UsedAt = time.GetTimestamp();
            Forget(_searches.Values.Where(one => one.Session == search.Session).OrderByDescending(one => one.UsedAt).Skip(MaxOfSession - 1));
            Forget(_searches.Values.OrderByDescending(one => one.UsedAt).Skip(MaxAll - 1));
            _searches[search.Id] = search;
        }
    }

    /// <summary>Forgets what no page has shown for <see cref="TokenSearch.IdleLife"/>.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            Forget(_searches.Values.Where(search => time.GetElapsedTime(search.UsedAt) > TokenSearch.IdleLife));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Forget(_searches.Values);
        }
    }

    private void Forget(IEnumerable<TokenSearch> searches)
    {
        foreach (var search in searches.ToList())
        {
            _searches.Remove(search.Id);
            search.Dispose();
        }
    }
}
