using System.Collections.Immutable;

namespace Dashboard.Edge;

/// <summary>The open connections of circuits and hubs, by session: so many at most, and all of a session's ended at once when it ends.</summary>
internal sealed class LiveConnections
{
    /// <summary>Of one session; a person's tabs.</summary>
    public const int MaxOfSession = 10;

    public const int Max = 200;

    private readonly Lock _gate = new();
    private ImmutableDictionary<string, ImmutableList<HttpContext>> _open = ImmutableDictionary<string, ImmutableList<HttpContext>>.Empty;
    private int _count;

    /// <summary>Sessions with a connection open.</summary>
    public IEnumerable<string> Sessions => _open.Keys;

    /// <returns>Null when there are as many already; else what to dispose when the connection has ended.</returns>
    public IDisposable? TryOpen(string session, HttpContext connection)
    {
        lock (_gate)
        {
            var own = _open.GetValueOrDefault(session, []);
            if (own.Count >= MaxOfSession || _count >= Max)
            {
                return null;
            }

            _open = _open.SetItem(session, own.Add(connection));
            _count++;
            return new Open(this, session, connection);
        }
    }

    /// <summary>Cuts every connection of a session: whatever the page does, nothing comes or goes any more.</summary>
    public void End(string session)
    {
        foreach (var connection in _open.GetValueOrDefault(session, []))
        {
            connection.Abort();
        }
    }

    private void Close(string session, HttpContext connection)
    {
        lock (_gate)
        {
            var own = _open.GetValueOrDefault(session, []);
            var rest = own.Remove(connection);
            if (rest.Count == own.Count)
            {
                return;
            }

            _open = rest.IsEmpty ? _open.Remove(session) : _open.SetItem(session, rest);
            _count--;
        }
    }

    private sealed class Open(LiveConnections all, string session, HttpContext connection) : IDisposable
    {
        public void Dispose() => all.Close(session, connection);
    }
}
