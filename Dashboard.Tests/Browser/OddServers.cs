using Dashboard.Consoles;
using Dashboard.Servers;

namespace Dashboard.Browser;

/// <summary>One console, started before some of its servers are up, ready or what they should be.</summary>
public sealed class OddServers(Chromium chromium) : IAsyncLifetime
{
    private readonly List<TestServer> _all = [];

    internal ConsoleProcess Console { get; private set; } = null!;

    /// <summary>Down when the console starts.</summary>
    internal TestServer Absent { get; private set; } = null!;

    /// <summary>With a dataset that takes long to read.</summary>
    internal TestServer Loading { get; private set; } = null!;

    /// <summary>With another password than the console has.</summary>
    internal TestServer Locked { get; private set; } = null!;

    internal string LockedPasswordFile { get; private set; } = null!;

    /// <summary>With a small disk.</summary>
    internal TestServer Disk { get; private set; } = null!;

    internal TestServer Memory { get; private set; } = null!;

    /// <summary>The server that <c>second</c> should be; its address leads to <c>first</c> until a test redirects it.</summary>
    internal TestServer Second { get; private set; } = null!;

    internal TcpProxy SecondProxy { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Absent = await StartAsync("maxmemory 6mb", "maxmemory-policy allkeys-lru");
        await Absent.KillAsync();
        Loading = Add(await SlowLoading.PreparedAsync("maxmemory-policy allkeys-lru"));
        Locked = Add(await TestServer.WithPasswordAsync("right-secret", "appendonly yes"));
        LockedPasswordFile = await Locked.PasswordFileAsync("wrong-secret");
        var managed = await StartAsync(
            "maxmemory 6mb", "maxmemory-policy allkeys-lru",
            "rename-command CONFIG \"\"", $"user watcher on >{Canaries.Password("watcher")} -@all +info +ping");
        var open = Add(await TestServer.WithPasswordAsync(Canaries.Password("page")));
        Disk = Add(await TestServer.OnSmallDiskAsync("maxmemory 16mb", "maxmemory-policy noeviction"));
        Memory = await StartAsync("maxmemory 16mb", "maxmemory-policy noeviction");
        var first = await StartAsync("maxmemory 6mb", "maxmemory-policy allkeys-lru");
        Second = await StartAsync("appendonly yes");
        SecondProxy = new TcpProxy(first.Port);
        Console = await ConsoleProcess.StartAsync(
        [
            .. Instance("absent", "cache", Absent.Endpoint), .. Instance("loading", "cache", Loading.Endpoint),
            .. Instance("locked", "session", Locked.Endpoint, LockedPasswordFile),
            .. Instance("managed", "cache", $"watcher@{managed.Endpoint}", await managed.PasswordFileAsync(Canaries.Password("watcher"))),
            .. Instance("open", "session", open.Endpoint, await open.PasswordFileAsync(open.Password!)),
            .. Instance("disk", "session", Disk.Endpoint), .. Instance("memory", "cable", Memory.Endpoint),
            .. Instance("first", "cache", first.Endpoint), .. Instance("second", "session", $"127.0.0.1:{SecondProxy.Port}"),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        await SecondProxy.DisposeAsync();
        await Task.WhenAll(_all.Select(server => server.DisposeAsync().AsTask()));
    }

    internal Task<BoardPage> OpenAsync(string path = "/") => BoardPage.OpenAsync(chromium, Console.Url, path);

    private async Task<TestServer> StartAsync(params string[] lines) => Add(await TestServer.StartAsync(lines));

    private TestServer Add(TestServer server)
    {
        _all.Add(server);
        return server;
    }

    private static IEnumerable<string> Instance(string id, string purpose, string address, string? passwordFile = null) =>
    [
        $"Dashboard:Instances:{id}:Url=redis://{address}", $"Dashboard:Instances:{id}:Purpose={purpose}",
        .. passwordFile is null ? Array.Empty<string>() : [$"Dashboard:Instances:{id}:PasswordFile={passwordFile}"],
    ];
}
