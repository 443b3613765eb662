using System.Collections.Immutable;
using Dashboard.Changes;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;

namespace Dashboard.Access.Sessions;

/// <summary>
/// Checks whether the sessions with an open page are still valid: when something changed here, and every two seconds because of other
/// replicas.
/// </summary>
internal sealed partial class SessionMonitor(
    SessionStore sessions, LiveConnections connections, ChangeFeed changes, TimeProvider time, ILogger<SessionMonitor> log)
    : PeriodicWorker(Every, time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>How long a page may take to show the end of its session before its connection is cut.</summary>
    private static readonly TimeSpan CutDelay = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _checking = new(1);
    private ImmutableDictionary<string,
        ImmutableList<Action<Session?>>> _followers = ImmutableDictionary<string, ImmutableList<Action<Session?>>>.Empty;

    /// <summary>Reports the state of a session after each check; null once it has ended. Dispose the result to stop.</summary>
    public IDisposable Follow(string id, Action<Session?> notify)
    {
        ImmutableInterlocked.AddOrUpdate(ref _followers, id, [notify], (_, all) => all.Add(notify));
        return new Following(() => Forget(id, notify));
    }

    /// <summary>Ends this session though console.db could not be written: its pages are notified, then cut.</summary>
    public void End(string id) => NotifyAll(id, null, _followers);

    /// <summary>Checks all sessions now.</summary>
    public async Task CheckAsync(CancellationToken cancel)
    {
        await _checking.WaitAsync(cancel);
        try
        {
            await CheckAllAsync(cancel);
        }
        catch (StoreException)
        {
            // Open pages continue with what was last known; acts check for themselves.
        }
        finally
        {
            _checking.Release();
        }
    }

    public override void Dispose()
    {
        _checking.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = changes.Subscribe(
            nameof(SessionMonitor), _ => CheckAsync(stoppingToken), ChangeKind.Session, ChangeKind.Account);
        await base.ExecuteAsync(stoppingToken);
    }

    protected override Task RunOnceAsync(CancellationToken cancel) => CheckAsync(cancel);

    private async Task CheckAllAsync(CancellationToken cancel)
    {
        var followers = _followers;
        string[] ids = [.. followers.Keys.Union(connections.Sessions)];
        if (ids.Length == 0)
        {
            return;
        }

        var alive = (await sessions.FindAsync(ids, cancel)).Where(one => !one.Value.HasEndedAt(Time.GetUtcNow())).ToDictionary();
        foreach (var id in ids)
        {
            NotifyAll(id, alive.GetValueOrDefault(id), followers);
        }
    }

    private void NotifyAll(string id, Session? session, ImmutableDictionary<string, ImmutableList<Action<Session?>>> followers)
    {
        foreach (var notify in followers.GetValueOrDefault(id, []))
        {
            Notify(notify, session);
        }

        if (session is null)
        {
            _ = CutAsync(id);
        }
    }

    /// <summary>Notifies one page; its failure does not affect the others.</summary>
    private void Notify(Action<Session?> notify, Session? session)
    {
        try
        {
            notify(session);
        }
        catch (Exception error)
        {
            LogFollowerFailed(error);
        }
    }

    /// <summary>Cuts the connections of a session. It does not throw: aborting a closed connection does nothing.</summary>
    private async Task CutAsync(string id)
    {
        await Task.Delay(CutDelay, Time);
        connections.End(id);
    }

    /// <summary>
    /// Removes a follower in one step: one that starts to follow the same session at the same time is not removed with it.
    /// </summary>
    private void Forget(string id, Action<Session?> notify) => ImmutableInterlocked.Update(ref _followers, all =>
        all.GetValueOrDefault(id, []).Remove(notify) is { IsEmpty: false } rest ? all.SetItem(id, rest) : all.Remove(id));

    [LoggerMessage(544, LogLevel.Error, "A page failed to handle the state of its session; the other pages are notified")]
    private partial void LogFollowerFailed(Exception error);

    [LoggerMessage(545, LogLevel.Error, "Checking the sessions of open pages failed unexpectedly; it is tried again in 2 s")]
    protected override partial void LogUnexpected(Exception error);

    private sealed class Following(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
