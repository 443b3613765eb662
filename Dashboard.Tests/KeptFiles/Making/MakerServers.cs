using Dashboard.Servers;

namespace Dashboard.KeptFiles.Making;

/// <summary>Real servers of each purpose, and three more caches behind proxies that can hold requests back.</summary>
internal sealed class MakerServers : IAsyncDisposable
{
    private const string Fill = "for i = 1, ARGV[2] do redis.call('SET', ARGV[1]..i, 'x', 'EX', 36000) end return 1";
    private const string Use = "for i = 1, ARGV[2] do redis.call('GET', ARGV[1]..i) redis.call('GET', 'missing:'..i) end return 1";

    private static readonly string[] Behind = ["fragments", "pages", "views"];

    private readonly Dictionary<string, TestServer> _servers = [];
    private readonly Dictionary<string, SwitchableProxy> _addresses = [];
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The purposes of the instances, by instance id.</summary>
    public static IReadOnlyDictionary<string, string> Purposes { get; } = new Dictionary<string, string>
    {
        ["cache"] = "cache",
        ["cable"] = "cable",
        ["session"] = "session",
        ["fragments"] = "cache",
        ["pages"] = "cache",
        ["views"] = "cache",
    };

    public TestServer this[string id] => _servers[id];

    /// <summary>Settings of a console that watches all of them.</summary>
    public IEnumerable<(string, string)> Settings => Purposes.SelectMany(instance => ((string, string)[])
    [
        ($"Dashboard:Instances:{instance.Key}:Url", $"redis://{TestServer.Host}:{PortOf(instance.Key)}"),
        ($"Dashboard:Instances:{instance.Key}:Purpose", instance.Value),
    ]);

    public static async Task<MakerServers> StartAsync()
    {
        var servers = new MakerServers();
        foreach (var (id, purpose) in Purposes)
        {
            var policy = purpose == "cache" ? "allkeys-lru" : "noeviction";
            var appends = purpose == "session" ? "yes" : "no";
            servers._servers[id] = await TestServer.StartAsync("maxmemory 100mb", $"maxmemory-policy {policy}", $"appendonly {appends}");
        }

        foreach (var id in Behind)
        {
            servers._addresses[id] = new(servers[id].Port);
        }

        return servers;
    }

    /// <summary>Writes keys with a time to live of ten hours.</summary>
    public Task FillAsync(string id, string prefix, int keys) => this[id].CallAsync("EVAL", Fill, "0", prefix, keys);

    /// <summary>Reads keys, each with one that is not there, so that readings differ.</summary>
    public Task UseAsync(string id, string prefix, int keys) => this[id].CallAsync("EVAL", Use, "0", prefix, keys);

    /// <summary>Holds back every request with this script until <see cref="Release"/>.</summary>
    /// <returns>A task that ends when the first one has arrived.</returns>
    public Task HoldBack(string id, string script)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _addresses[id].OnRequest = request =>
        {
            if (!request.Contains(script, StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            arrived.TrySetResult();
            return _released.Task;
        };
        return arrived.Task;
    }

    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        foreach (var address in _addresses.Values)
        {
            await address.DisposeAsync();
        }

        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }

    private int PortOf(string id) => _addresses.TryGetValue(id, out var address) ? address.Port : this[id].Port;
}
