using Dashboard.Instances;
using Dashboard.Servers;
using Dashboard.Storage;
using Dashboard.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Realtime.Presence;

/// <summary>Two consoles with one file between them.</summary>
public sealed class PresenceWorkerTests : IDisposable
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly (Viewers Viewers, PresenceWorker Worker, SqliteTransientStore Store) _one;
    private readonly (Viewers Viewers, PresenceWorker Worker, SqliteTransientStore Store) _two;

    public PresenceWorkerTests() => (_one, _two) = (Console("one"), Console("two"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var (_, worker, store) in new[] { _one, _two })
        {
            worker.Dispose();
            store.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task WhoIsAtOneConsole_IsKnownAtTheOther_UntilTheyLeave()
    {
        _two.Viewers.Enter(new("ben", Cache, null));
        var mia = _one.Viewers.Enter(new("mia", Cache, "flush the cache"));
        await _one.Worker.ExchangeAsync(Cancel);
        await _two.Worker.ExchangeAsync(Cancel);
        Assert.Equal([new("mia", Cache, "flush the cache")], _two.Viewers.OthersAt(Cache, "ben"));

        mia.Dispose();
        await _one.Worker.ExchangeAsync(Cancel);
        await _two.Worker.ExchangeAsync(Cancel);

        Assert.Empty(_two.Viewers.OthersAt(Cache, "ben"));
    }

    [Fact]
    public async Task WhoseConsoleIsGone_IsForgottenAfterTheLease()
    {
        _two.Viewers.Enter(new("ben", Cache, null));
        _one.Viewers.Enter(new("mia", Cache, null));
        await _one.Worker.ExchangeAsync(Cancel);

        _time.Advance(PresenceWorker.Lease - TimeSpan.FromSeconds(1));
        await _two.Worker.ExchangeAsync(Cancel);
        Assert.Single(_two.Viewers.OthersAt(Cache, "ben"));
        _time.Advance(TimeSpan.FromSeconds(1));
        await _two.Worker.ExchangeAsync(Cancel);

        Assert.Empty(_two.Viewers.OthersAt(Cache, "ben"));
    }

    /// <summary>What was read an hour ago is not shown to who comes now.</summary>
    [Fact]
    public async Task NobodyHere_KnowsNobodyElsewhere()
    {
        _one.Viewers.Enter(new("mia", Cache, null));
        var ben = _two.Viewers.Enter(new("ben", Cache, null));
        await _one.Worker.ExchangeAsync(Cancel);
        await _two.Worker.ExchangeAsync(Cancel);
        ben.Dispose();
        await _two.Worker.ExchangeAsync(Cancel);
        await _two.Worker.ExchangeAsync(Cancel);

        Assert.Empty(_two.Viewers.OthersAt(Cache, "eve"));
    }

    [Fact]
    public async Task FileDeleted_IsBegunAgain()
    {
        _one.Viewers.Enter(new("mia", Cache, null));
        _two.Viewers.Enter(new("ben", Cache, null));
        await _one.Worker.ExchangeAsync(Cancel);
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "presence.db*"))
        {
            File.Delete(file);
        }

        await _one.Worker.ExchangeAsync(Cancel);
        await _two.Worker.ExchangeAsync(Cancel);

        Assert.Single(_two.Viewers.OthersAt(Cache, "ben"));
    }

    /// <summary>Nobody is shown who cannot be read; the file is begun again.</summary>
    [Fact]
    public async Task FileDamaged_ShowsNobody_AndIsBegunAgain()
    {
        _one.Viewers.Enter(new("mia", Cache, null));
        _two.Viewers.Enter(new("ben", Cache, null));
        await _one.Worker.ExchangeAsync(Cancel);
        await _two.Worker.ExchangeAsync(Cancel);
        Assert.Single(_two.Viewers.OthersAt(Cache, "ben"));
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "presence.db*"))
        {
            File.Delete(file);
        }

        await File.WriteAllTextAsync(_folder.File("presence.db"), "this is no database at all", Cancel);

        await Assert.ThrowsAsync<StoreException>(() => _two.Worker.ExchangeAsync(Cancel));
        Assert.Empty(_two.Viewers.OthersAt(Cache, "ben"));
        await _one.Worker.ExchangeAsync(Cancel);
        await _two.Worker.ExchangeAsync(Cancel);

        Assert.Single(_two.Viewers.OthersAt(Cache, "ben"));
    }

    [Fact]
    public async Task End_RemovesItsRows_AndMoreThanTheBoundAreLeftOut()
    {
        _two.Viewers.Enter(new("ben", Cache, null));
        for (var number = 0; number < PresenceWorker.MaxRows + 10; number++)
        {
            _one.Viewers.Enter(new($"visitor {number}", Cache, null));
        }

        await _one.Worker.ExchangeAsync(Cancel);
        await _two.Worker.ExchangeAsync(Cancel);
        Assert.Equal(PresenceWorker.MaxRows, _two.Viewers.OthersAt(Cache, "ben").Count);

        await _one.Worker.StopAsync(Cancel);
        await _two.Worker.ExchangeAsync(Cancel);

        Assert.Empty(_two.Viewers.OthersAt(Cache, "ben"));
    }

    private (Viewers Viewers, PresenceWorker Worker, SqliteTransientStore Store) Console(string replica)
    {
        var (viewers, store) = (new Viewers(), new SqliteTransientStore(new SqliteFile(_folder.File("presence.db"))));
        return (viewers, new(viewers, store, new ReplicaId(replica), _time, NullLogger<PresenceWorker>.Instance), store);
    }
}
