using System.Collections.Immutable;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// The open connections of circuits and hubs, limited per session, per account and in total. All connections of a session are closed when
/// it ends.
/// </summary>
internal sealed class LiveConnections(LivePageLimits limits)
{
    private readonly Lock _gate = new();
    private ImmutableList<Open> _open = [];

    /// <summary>Sessions with an open connection.</summary>
    public IEnumerable<string> Sessions => _open.Select(open => open.Owner.Session).Distinct();

    public LivePageLimits Limits => limits;

    public int Count => _open.Count;

    /// <param name="open">Dispose it when the connection has ended; null when it was refused.</param>
    public LivePageRefusal TryOpen(LivePageOwner owner, HttpContext connection, out IDisposable? open)
    {
        lock (_gate)
        {
            open = null;
            if (RefusalOf(_open, owner) is not LivePageRefusal.None and var refusal)
            {
                return refusal;
            }

            var own = new Open(this, owner, connection);
            (_open, open) = (_open.Add(own), own);
            return LivePageRefusal.None;
        }
    }

    /// <summary>Aborts every connection of a session: whatever the page does, nothing is sent or received any more.</summary>
    public void End(string session)
    {
        foreach (var open in _open.Where(open => open.Owner.Session == session))
        {
            open.Connection.Abort();
        }
    }

    private LivePageRefusal RefusalOf(ImmutableList<Open> all, LivePageOwner owner) =>
        all.Count(open => open.Owner.Session == owner.Session) >= limits.OfSession ? LivePageRefusal.Session
        : all.Count(open => open.Owner.Account == owner.Account) >= limits.OfAccount ? LivePageRefusal.Account
        : all.Count >= limits.Total || (!owner.MayAct && all.Count(open => !open.Owner.MayAct) >= limits.OfWatchers)
            ? LivePageRefusal.Console
        : LivePageRefusal.None;

    private void Close(Open open)
    {
        lock (_gate)
        {
            _open = _open.Remove(open);
        }
    }

    private sealed class Open(LiveConnections all, LivePageOwner owner, HttpContext connection) : IDisposable
    {
        public LivePageOwner Owner => owner;

        public HttpContext Connection => connection;

        public void Dispose() => all.Close(this);
    }
}
