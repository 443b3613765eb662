using Dashboard.Actions;
using Dashboard.Fakes;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios.Flush;

/// <summary>A cache that a console reaches over a network, which loses what the test says.</summary>
internal sealed class FarCache : IAsyncDisposable
{
    /// <summary>More than two pages of an Undo.</summary>
    public const int Keys = 250;

    private readonly PatientTime _waiting = new();
    private readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FarCache(TestServer server, SwitchableProxy network) => (Server, Network) = (server, network);

    public TestServer Server { get; }

    public SwitchableProxy Network { get; }

    /// <summary>The clock by which runs count as alive and retained flushes are given up.</summary>
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    public static async Task<FarCache> StartAsync(params string[] lines)
    {
        var server = await TestServer.StartAsync(["maxmemory 100mb", "maxmemory-policy allkeys-lru", .. lines]);
        var cache = new FarCache(server, new(server.Port));
        await cache.FillAsync();
        return cache;
    }

    public Task FillAsync() => Server.CallAsync("EVAL", $"for i = 1, {Keys} do redis.call('SET', 'page:'..i, 'old') end", "0");

    /// <summary>Opens a console over it.</summary>
    /// <param name="spare">Whether its settings name a spare database.</param>
    public async Task<OpenFlush> ConsoleAsync(RunnerOptions? options = null, string? name = null, bool spare = true)
    {
        var console = (options ?? new()) with { Keeping = Time, Waiting = _waiting };
        var usual = Server.Instance(Purpose.Cache);
        var instance = usual with
        {
            Address = new InstanceAddress(TestServer.Host, Network.Port),
            SpareDatabase = spare ? usual.SpareDatabase : null,
        };
        return await OpenFlush.OverAsync(new OpenRunner(Server, instance, console), name ?? $"keeper at {console.Replica}");
    }

    /// <summary>
    /// Makes the server hang once a request with this script has reached it. The server runs the script when it continues.
    /// </summary>
    /// <param name="before">The number of such requests that pass first.</param>
    public void HangAt(string script, int before = 0) => Once(script, before, () =>
    {
        Server.Stop();
        _hangs.TrySetResult();
    });

    /// <summary>Awaits a call at which the server hangs; nothing before that ends by its deadline.</summary>
    public async Task<T> HungAsync<T>(Task<T> call)
    {
        await HungAsync((Task)call);
        return await call;
    }

    public async Task HungAsync(Task call)
    {
        await _hangs.Task.WaitAsync(Eventually.Bound, TimeProvider.System, TestContext.Current.CancellationToken);
        await _waiting.UntilOverAsync(call);
        await call;
    }

    /// <summary>Holds the next request with this script back. Its caller waits until <see cref="TimeOutAsync"/>.</summary>
    public HeldRequest Hold(string script)
    {
        var held = new HeldRequest(script);
        Network.OnRequest = held.PassAsync;
        return held;
    }

    /// <summary>Lets the caller of a held request give up waiting.</summary>
    public async Task TimeOutAsync(HeldRequest held)
    {
        await held.Reached.WaitAsync(Eventually.Bound, TimeProvider.System, TestContext.Current.CancellationToken);
        _waiting.PassDeadlines();
    }

    /// <summary>Lets a held request arrive, and waits until the server has run it.</summary>
    public async Task ArriveAsync(HeldRequest held)
    {
        var before = await CallsAsync("eval");
        held.Release();
        await Eventually.Async(() => CallsAsync("eval"), calls => calls > before);
    }

    /// <summary>Breaks the connection before a request with this script gets through.</summary>
    public void BreakBefore(string script) => Once(script, 0, Network.Cut);

    /// <summary>
    /// Breaks each connection that sends this script, and no other one, until <see cref="SwitchableProxy.OnRequest"/> is set.
    /// </summary>
    public void BreakAlways(string script) => Network.OnRequest = text => text.Contains(script, StringComparison.Ordinal)
        ? Task.FromException(new IOException("The test breaks this connection."))
        : Task.CompletedTask;

    /// <summary>How many keys the two databases have, without the token of a flush.</summary>
    public async Task<(long Own, long Spare)> KeysAsync(int spare = 15)
    {
        var counts = (long[])(await Server.CallAsync(
            "EVAL",
            $"local function keys() return redis.call('DBSIZE') - redis.call('EXISTS', '{FlushToken.Key}') end "
                + $"local own = keys() redis.call('SELECT', {spare}) return {{own, keys()}}", "0"))!;
        return (counts[0], counts[1]);
    }

    /// <summary>How often the server ran this command.</summary>
    public async Task<int> CallsAsync(string command) =>
        Info.InfoReply.Parse((string)(await Server.CallAsync("INFO", "commandstats"))!).Text($"cmdstat_{command}") is { } stats
        ? int.Parse(stats.Split(',')[0]["calls=".Length..], System.Globalization.CultureInfo.InvariantCulture) : 0;

    private void Once(string script, int before, Action happens) => Network.OnRequest = text =>
    {
        if (text.Contains(script, StringComparison.Ordinal) && before-- == 0)
        {
            happens();
        }

        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        Server.Continue();
        await Network.DisposeAsync();
        await Server.DisposeAsync();
    }
}
