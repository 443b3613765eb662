using Dashboard.Servers;

namespace Dashboard.Consoles;

/// <summary>Three real servers with the guide's settings, small: cache and cable with a password, session on a disk of its own that can be filled.</summary>
internal sealed class Trio : IAsyncDisposable
{
    private readonly string _cachePassword;
    private readonly string _cablePassword;

    private Trio(TestServer cache, TestServer cable, TestServer session, string cachePassword, string cablePassword) =>
        (Cache, Cable, Session, _cachePassword, _cablePassword) = (cache, cable, session, cachePassword, cablePassword);

    public TestServer Cache { get; }

    public TestServer Cable { get; }

    public TestServer Session { get; }

    /// <summary>Settings of a console that watches them.</summary>
    public IEnumerable<string> Settings =>
    [
        $"Dashboard:Instances:cache:Url=redis://{Cache.Endpoint}", $"Dashboard:Instances:cache:PasswordFile={_cachePassword}",
        $"Dashboard:Instances:cable:Url=redis://{Cable.Endpoint}", $"Dashboard:Instances:cable:PasswordFile={_cablePassword}",
        $"Dashboard:Instances:session:Url=redis://{Session.Endpoint}",
        "Dashboard:PollTimeout=500ms",
    ];

    public string CablePasswordFile => _cablePassword;

    public static async Task<Trio> StartAsync()
    {
        var cache = await TestServer.WithPasswordAsync("cache-secret-1", "maxmemory 6mb", "maxmemory-policy allkeys-lru");
        var cable = await TestServer.WithPasswordAsync("cable-secret-1", "maxmemory 16mb", "maxmemory-policy noeviction");
        var session = await TestServer.OnSmallDiskAsync("maxmemory 16mb", "maxmemory-policy noeviction");
        return new(cache, cable, session, await cache.PasswordFileAsync("cache-secret-1"), await cable.PasswordFileAsync("cable-secret-1"));
    }

    public async ValueTask DisposeAsync()
    {
        await Cache.DisposeAsync();
        await Cable.DisposeAsync();
        await Session.DisposeAsync();
    }
}
