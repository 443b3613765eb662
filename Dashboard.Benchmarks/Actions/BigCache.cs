using System.Globalization;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Scanning;
using Dashboard.Benchmarks.Servers;
using Dashboard.Demo;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;
using Dashboard.Valkey.Permissions;
using StackExchange.Redis;

namespace Dashboard.Benchmarks.Actions;

/// <summary>One cache server with many small keys, and the acting connection to it.</summary>
internal sealed class BigCache : IAsyncDisposable
{
    /// <summary>The spare database, for what is swapped out.</summary>
    public const int Spare = 1;

    /// <summary>Enough for a million keys, twice.</summary>
    private const long MaxMemory = 1L << 30;

    private const int KeysACall = 5_000;

    /// <summary>
    /// Arguments: first key, last key, value, time to live of every second key in milliseconds. Values and names are as long as those of
    /// fragments that Rails caches.
    /// </summary>
    private const string FillScript = """
        for i = tonumber(ARGV[1]), tonumber(ARGV[2]) do
          local key = 'views/pages/' .. i .. '-20260101120000000000'
          if i % 2 == 0 then redis.call('SET', key, ARGV[3], 'PX', ARGV[4]) else redis.call('SET', key, ARGV[3]) end
        end
        """;

    private static readonly string Value = new('v', 100);

    private readonly BenchServers _servers;
    private readonly ConnectionMultiplexer _application;
    private readonly BenchRun _run;

    private BigCache(BenchServers servers, ConnectionMultiplexer application, Instance instance, BenchRun run)
    {
        (_servers, _application, _run, Instance) = (servers, application, run, instance);
        Acting = new ValkeyServers(run.Time).Actor(instance, ValkeyServers.DefaultTimeout);
    }

    public Instance Instance { get; }

    public int Pid => _servers.All[0].Pid;

    public IServerActor Acting { get; }

    public string Policy => Instance.Contract.EvictionPolicy!;

    /// <summary>E.g. <c>Redis 7.0.15</c>.</summary>
    public string Server { get; private set; } = "";

    public ServerPrecondition Guard { get; private set; } = new("", 0);

    public static async Task<BigCache> StartAsync(BenchRun run, string program, CancellationToken cancel)
    {
        var plan = new DemoServerPlan(InstanceId.Of("big-cache"), Purpose.Cache, MaxMemory) { Further = "enable-debug-command local" };
        var servers = await BenchServers.OneAsync(run, program, plan, cancel);
        var server = servers.All[0];
        var instance =
            servers.Instances.Single() with { Act = new(AclRules.UserOf(ConnectionRole.Act), server.PasswordFileOf(ConnectionRole.Act)) };
        var application = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { "127.0.0.1", server.Port } },
            Password = server.Target.Password,
            AllowAdmin = true,
            AsyncTimeout = 30_000,
        });
        var cache = new BigCache(servers, application, instance, run);
        var facts = Snapshot.Parse((await cache.Acting.InfoAsync(cancel)).Value!);
        (cache.Guard, cache.Server) = (new(facts.Server.RunId!, 0), $"{facts.Server.Product} {facts.Server.Version}");
        BenchRun.ReportProgress(cache.Server);
        return cache;
    }

    /// <summary>About how long a scan at the console's own pace takes, as a first guess.</summary>
    public static TimeSpan ExpectedScanTime(long keys) => TimeSpan.FromSeconds(keys / 25_000);

    /// <summary>Empties the server, then stores this many keys in the database and none in the spare one.</summary>
    /// <param name="life">The time to live of every second key; the others never expire.</param>
    public async Task FillAsync(long keys, TimeSpan life, CancellationToken cancel)
    {
        await AskAsync("FLUSHALL", "SYNC");
        for (var first = 0L; first < keys; first += KeysACall)
        {
            cancel.ThrowIfCancellationRequested();
            await AskAsync("EVAL", FillScript, 0, first, Math.Min(keys, first + KeysACall) - 1, Value, (long)life.TotalMilliseconds);
        }

        await FreedAsync(cancel);
    }

    /// <summary>Turns off active expiry: the server removes an expired key when it is accessed, and not on its own.</summary>
    public Task DisableActiveExpiryAsync() => AskAsync("DEBUG", "SET-ACTIVE-EXPIRE", 0);

    /// <summary>The number of keys in the database, expired ones included.</summary>
    public async Task<long> KeysAsync() => (long)await AskAsync("DBSIZE");

    /// <summary>Waits until the server has freed what it frees in the background.</summary>
    public async Task FreedAsync(CancellationToken cancel)
    {
        while (!((string)(await AskAsync("INFO", "memory"))!).Contains("lazyfree_pending_objects:0\r", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), _run.Time, cancel);
        }
    }

    /// <summary>Scans all keys at the console's own pace.</summary>
    /// <param name="undo">Whether to scan at the pace of an undo.</param>
    /// <returns>How many keys the step acted on.</returns>
    /// <exception cref="BenchException">The scan ended early.</exception>
    public async Task<long> ScanAsync(
        Func<string, int, Task<Reply<PreconditionResult<ScanPage>>>> page, long keys, bool undo, CancellationToken cancel)
    {
        var scan = undo
            ? UndoFlush.WalkOf(Acting, new NoProgress(), ScanBudget.Default, _run.Time)
            : new KeyspaceScan(Acting, new NoProgress(), ScanBudget.Default, _run.Time);
        return await scan.OverAsync(page, keys, cancel) is { } abort
            ? throw new BenchException($"A scan of {Server} ended early: {abort.Sentence}")
            : scan.Done;
    }

    public async ValueTask DisposeAsync()
    {
        await Acting.DisposeAsync();
        await _application.DisposeAsync();
        await _servers.DisposeAsync();
    }

    private Task<RedisResult> AskAsync(string command, params object[] words) => _application.GetDatabase().ExecuteAsync(command, words);
}
