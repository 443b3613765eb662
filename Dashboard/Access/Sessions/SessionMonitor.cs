using System.Collections.Immutable;
using Dashboard.Changes;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;

namespace Dashboard.Access.Sessions;

/// <summary>
/// Looks whether the sessions with an open page are still what they were: when something changed here, and every
/// two seconds for other replicas.
/// </summary>
internal sealed partial class SessionMonitor(
    SessionStore sessions, LiveConnections connections, ChangeFeed changes, TimeProvider time, ILogger<SessionMonitor> log)
    : PeriodicWorker(Every, time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>For the page to say goodbye before its connection is cut.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _looking = new(1);
    private ImmutableDictionary<string, ImmutableList<Action<Session?>>> _followers = ImmutableDictionary<string, ImmutableList<Action<Session?>>>.Empty;

    /// <summary>Tells of a session again and again; null once it has ended. Dispose to stop.</summary>
    public IDisposable Follow(string id, Action<Session?> tell)
    {
        ImmutableInterlocked.AddOrUpdate(ref _followers, id, [tell], (_, all) => all.Add(tell));
        return new Following(() => Forget(id, tell));
    }

    /// <summary>This one has ended, though console.db could not be told: its pages hear of it, and are cut.</summary>
    public void End(string id) => TellAll(id, null, _followers);

    /// <summary>Looks now.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        await _looking.WaitAsync(cancel);
        try
        {
            await LookAtAllAsync(cancel);
        }
        catch (StoreException)
        {
            // Open pages go on watching with what was known last; acting asks for itself.
        }
        finally
        {
            _looking.Release();
        }
    }

    public override void Dispose()
    {
        _looking.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = changes.Subscribe(
            nameof(SessionMonitor), _ => LookAsync(stoppingToken), ChangeKind.Session, ChangeKind.Account);
        await base.ExecuteAsync(stoppingToken);
    }

    protected override Task RunOnceAsync(CancellationToken cancel) => LookAsync(cancel);

    private async Task LookAtAllAsync(CancellationToken cancel)
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
            TellAll(id, alive.GetValueOrDefault(id), followers);
        }
    }

    private void TellAll(string id, Session? session, ImmutableDictionary<string, ImmutableList<Action<Session?>>> followers)
    {
        foreach (var tell in followers.GetValueOrDefault(id, []))
        {
            Tell(tell, session);
        }

        if (session is null)
        {
            _ = CutAsync(id);
        }
    }

    /// <summary>What one page makes of it is no other page's trouble.</summary>
    private void Tell(Action<Session?> tell, Session? session)
    {
        try
        {
            tell(session);
        }
        catch (Exception error)
        {
            LogDeaf(error);
        }
    }

    /// <summary>Nothing in it throws: aborting a connection that is gone does nothing.</summary>
    private async Task CutAsync(string id)
    {
        await Task.Delay(Goodbye, Time);
        connections.End(id);
    }

    /// <summary>In one step: who begins to follow the same session meanwhile is not forgotten with it.</summary>
    private void Forget(string id, Action<Session?> tell) => ImmutableInterlocked.Update(ref _followers, all =>
        all.GetValueOrDefault(id, []).Remove(tell) is { IsEmpty: false } rest ? all.SetItem(id, rest) : all.Remove(id));

    [LoggerMessage(544, LogLevel.Error, "A page failed when it was told of its session; the others are told")]
    private partial void LogDeaf(Exception error);

    [LoggerMessage(545, LogLevel.Error, "Looking at the sessions of open pages failed in a way it should not; it is tried again in 2 s")]
    protected override partial void LogUnexpected(Exception error);

    private sealed class Following(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
