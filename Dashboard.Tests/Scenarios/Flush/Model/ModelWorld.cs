using Dashboard.Actions.Flush.Retention;
using Dashboard.Servers;
using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>
/// A real server, two consoles over one store and a third over another one, and the record of all that the server did. It serves many runs
/// of the model, one after the other.
/// </summary>
internal sealed class ModelWorld : IAsyncDisposable
{
    public const int Spare = 15;

    private readonly TestServer _server;
    private readonly CommandLog _log;
    private readonly TestFolder _shared = new();
    private readonly TestFolder _strangers = new();
    private readonly ModelAudit _sharedAudit = new();
    private readonly ModelAudit _strangersAudit = new();
    private readonly ServerClock _clock = new();
    private readonly FakeTimeProvider _time = Clock();
    private readonly FakeTimeProvider _strangersTime = Clock();
    private int _opened;

    private ModelWorld(TestServer server)
    {
        (_server, _log, Others) = (server, new(server), new(server, Spare));
        Late = new(server, _clock.Rewrite);
        Replay = new(Spare) { IsConsole = client => Late.IsClient(client) || Consoles.Any(console => console.Network.IsClient(client)) };
    }

    public ServerReplay Replay { get; }

    public OtherClients Others { get; }

    public LateCommands Late { get; }

    /// <summary>The console that most operations are done at.</summary>
    public ModelConsole First { get; private set; } = null!;

    /// <summary>Another one over the same store.</summary>
    public ModelConsole Second { get; private set; } = null!;

    /// <summary>One over another store.</summary>
    public ModelConsole Stranger { get; private set; } = null!;

    public IReadOnlyList<ModelConsole> Consoles => [First, Second, Stranger];

    /// <summary>What was said in the present run of the model.</summary>
    public List<SaidSentence> Said { get; } = [];

    /// <summary>What went wrong while a request was on its way; null when nothing did.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Gets every request of a console.</summary>
    public Func<ModelConsole, string, Task>? OnRequest { get; set; }

    public static async Task<ModelWorld> StartAsync()
    {
        var world = new ModelWorld(await TestServer.StartAsync("maxmemory 100mb", "maxmemory-policy allkeys-lru"));
        await world._log.BeginAsync();
        world.First = await world.OpenAsync(world._shared, "here", world._time);
        world.Second = await world.OpenAsync(world._shared, "there", world._time);
        world.Stranger = await world.OpenAsync(world._strangers, "elsewhere", world._strangersTime);
        return world;
    }

    /// <summary>Empties the server and sets its policy, for the next run.</summary>
    public async Task BeginAsync(string policy)
    {
        await Others.PromoteAsync();
        await Others.FlushAllAsync();
        await _server.CallAsync("CONFIG", "SET", "maxmemory-policy", policy);
        await _log.TakeAsync();
        _clock.Reset();
        Late.ForgetAddresses();
        Consoles.ToList().ForEach(console => console.Network.ForgetAddresses());
        Said.Clear();
        Replay.Begin([], []);
        Replay.KnowsUse = policy == "allkeys-lru";
    }

    /// <summary>Compares all that happened and was said since the last time.</summary>
    /// <exception cref="ModelViolation">A promise did not hold.</exception>
    public async Task CheckAsync()
    {
        if (Failure is { } failure)
        {
            throw new ModelViolation(failure.ToString());
        }

        await ReplayAsync();
        await CheckSaidAsync(First.IsDead ? Second : First, _sharedAudit, [First, Second]);
        await CheckSaidAsync(Stranger, _strangersAudit, [Stranger]);
    }

    /// <summary>Waits until nothing happens in the network: a console goes on as soon as its connection is lost.</summary>
    public async Task QuietAsync()
    {
        foreach (var console in Consoles)
        {
            await console.Gate.WaitAsync(Eventually.Bound, Eventually.Cancel);
            console.Gate.Release();
        }
    }

    /// <summary>Compares the keys of the server with those that its commands give.</summary>
    public async Task CheckKeysAsync()
    {
        await CheckAsync();
        Assert.Equal(Sorted(Replay.Own), Sorted(await Others.KeysAsync(inSpare: false)));
        Assert.Equal(Sorted(Replay.Spare), Sorted(await Others.KeysAsync(inSpare: true)));
        await _log.TakeAsync();
    }

    public async Task PassAsync(TimeSpan time, bool onServer = true)
    {
        await CheckAsync();
        Replay.Now += time;
        _time.Advance(time);
        _strangersTime.Advance(time);
        if (onServer)
        {
            await AgeServerAsync(time);
        }
    }

    /// <summary>Sets the server's clock forward.</summary>
    public async Task AgeServerAsync(TimeSpan by)
    {
        await CheckAsync();
        if (await Others.AgeAsync(by, Replay.KnowsUse) is { } at)
        {
            _clock.Step(at, by);
            Replay.Age += by;
        }
    }

    /// <summary>Sets the wall clock of the machine with the two consoles forward or back.</summary>
    public void StepWallClock(TimeSpan by) => _time.AdjustTime(_time.GetUtcNow() + by);

    /// <summary>Kills the server and starts it again.</summary>
    public async Task RestartAsync(bool withKeys, string policy)
    {
        await CheckAsync();
        if (withKeys)
        {
            await _server.CallAsync("SAVE");
        }

        await _server.RestartAsync(wipe: !withKeys);
        Others.Restarted();
        await _server.CallAsync("CONFIG", "SET", "maxmemory-policy", policy);
        await _log.BeginAsync();
        Replay.Restart(await Others.KeysAsync(inSpare: false), await Others.KeysAsync(inSpare: true));
        await _log.TakeAsync();
    }

    /// <summary>Opens a console in the place of one that was killed.</summary>
    public async Task ReopenAsync()
    {
        if (First.IsDead)
        {
            await First.DisposeAsync();
            First = await OpenAsync(_shared, "here", _time);
        }

        if (Second.IsDead)
        {
            await Second.DisposeAsync();
            Second = await OpenAsync(_shared, "there", _time);
        }

        if (Stranger.IsDead)
        {
            await Stranger.DisposeAsync();
            Stranger = await OpenAsync(_strangers, "elsewhere", _strangersTime);
        }
    }

    /// <summary>The flushes that are not closed, of both stores.</summary>
    public async Task<IReadOnlyList<RetainedFlush>> OpenAsync() => [.. await First.OpenAsync(), .. await Stranger.OpenAsync()];

    public Task<IAsyncDisposable> UseSpareAsync() => SpareClient.ConnectAsync(_server, Spare);

    public async ValueTask DisposeAsync()
    {
        foreach (var console in Consoles)
        {
            await console.DisposeAsync();
        }

        _log.Dispose();
        await _server.DisposeAsync();
        _shared.Dispose();
        _strangers.Dispose();
    }

    private async Task ReplayAsync()
    {
        foreach (var command in await _log.TakeAsync())
        {
            Replay.Apply(command);
        }
    }

    private async Task<ModelConsole> OpenAsync(TestFolder folder, string name, TimeProvider clock)
    {
        var console = await ModelConsole.OpenAsync(_server, folder.Path, $"{name}-{++_opened}", clock, () => Replay.Age);
        console.Network.Rewrites = request => console.Rewrite(request, _clock.Rewrite);
        console.Network.OnRequest = text => OnRequest?.Invoke(console, text) ?? Task.CompletedTask;
        return console;
    }

    private async Task CheckSaidAsync(ModelConsole reader, ModelAudit audit, IReadOnlyList<ModelConsole> consoles)
    {
        foreach (var (row, flush) in await audit.TakeAsync(reader))
        {
            Said.Add(new(row.Action, flush, row.Replica, row.Result, row.Detail!));
            var console = consoles.FirstOrDefault(one => one.Replica == row.Replica);
            new ModelClaims(Replay, Replay.Of(flush), new(
                flush, row.Action, row.Result, row.Detail!, console?.Position.GetValueOrDefault(flush) ?? 0,
                client => console is null || console.Network.IsClient(client), Late.IsClient)).Check();
        }
    }

    private static FakeTimeProvider Clock() =>
        new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    /// <summary>The token of the model's own aging differs by nothing else.</summary>
    private static IEnumerable<string> Sorted(Dictionary<string, string> keys) =>
        keys.Select(one => one.Key == FlushToken.Key ? one.Key : $"{one.Key}={one.Value}").Order(StringComparer.Ordinal);
}
