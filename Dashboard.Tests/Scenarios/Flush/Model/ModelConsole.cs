using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Scanning;
using Dashboard.Fakes;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Storage;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>One console of the model: its program, its network to the server, its deadlines, and whether it was killed.</summary>
internal sealed class ModelConsole : IAsyncDisposable
{
    private readonly SwitchableProxy _network;
    private readonly PatientTime _deadlines;
    private readonly StoppableStore[] _store;
    private string? _swallowed;
    private bool _isDisposed;

    private ModelConsole(OpenFlush program, SwitchableProxy network, PatientTime deadlines, StoppableStore[] store) =>
        (Program, _network, _deadlines, _store) = (program, network, deadlines, store);

    public OpenFlush Program { get; }

    public SwitchableProxy Network => _network;

    public string Replica => Program.Runner.Options.Replica;

    public bool IsDead { get; private set; }

    /// <summary>How many fates each flush had when the present operation began.</summary>
    public IReadOnlyDictionary<Guid, int> Position { get; set; } = new Dictionary<Guid, int>();

    private OpenRunner Runner => Program.Runner;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="clock">The clock of the machine that it runs on.</param>
    public static async Task<ModelConsole> OpenAsync(TestServer server, string folder, string replica, TimeProvider clock)
    {
        var (network, deadlines, store) = (new SwitchableProxy(server.Port), new PatientTime(), new StoppableStore[1]);
        var options = new RunnerOptions
        {
            Folder = folder,
            Replica = replica,
            Keeping = clock,
            Waiting = deadlines,
            PageSize = ScanBudget.MinPageSize,
            Around = inner => store[0] = new(inner),
        };
        var instance = server.Instance(Purpose.Cache) with { Address = new InstanceAddress(TestServer.Host, network.Port) };
        var program = await OpenFlush.OverAsync(new OpenRunner(server, instance, options), $"keeper at {replica}");
        return new(program, network, deadlines, store);
    }

    /// <summary>Nothing of it is sent or recorded any more.</summary>
    public void Kill()
    {
        IsDead = true;
        _store[0].Stop();
    }

    /// <summary>One of its requests at a time meets what happens in the network.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Lets a request vanish; its connection stays open.</summary>
    public void Swallow(string request) => _swallowed = request;

    /// <summary>What happens to a request on its way.</summary>
    public string Rewrite(string request, Func<string, string> rewrites)
    {
        var swallowed = request == _swallowed;
        _swallowed = swallowed ? null : _swallowed;
        return swallowed ? "" : rewrites(request);
    }

    /// <summary>Lets the deadlines of its questions pass.</summary>
    public void PassDeadlines() => _deadlines.PassDeadlines();

    /// <summary>Plans a flush, and confirms it where it has an Undo.</summary>
    /// <returns>What came of it, in a word.</returns>
    public Task<string> FlushAsync() => AliveAsync(async () =>
    {
        await Runner.PollAsync();
        if (await Runner.Planner.PlanAsync(Program.Session, "cache.flush", Runner.Instance.Id, "", Cancel)
            is not PlanResult.Planned planned)
        {
            return "flush not planned";
        }

        if (planned.Plan.PayloadAs<FlushPayload>().Spare is null)
        {
            return "flush without Undo";
        }

        Runner.PollRequests.Of(Runner.Instance.Id).Take();
        if (await Runner.BeginAsync(Program.Session, planned.Plan) is not RunResult.Begun begun)
        {
            return "flush refused";
        }

        await OverAsync(begun.Run.Id);
        return "flush";
    });

    /// <summary>Undoes the newest flush that is retained.</summary>
    public Task<string> UndoAsync() => AliveAsync(async () =>
    {
        await Runner.PollAsync();
        if (await RetainedAsync() is not { } flush)
        {
            return "nothing to undo";
        }

        Runner.PollRequests.Of(Runner.Instance.Id).Take();
        if (await Runner.Undo.UndoAsync(Program.Session, flush, Cancel) is not null)
        {
            return "undo refused";
        }

        await OverAsync((await NewestAsync())!.Id);
        return "undo";
    });

    /// <param name="given">Called with the flush that is not kept any more.</param>
    public Task<string> GiveUpAsync(Action<Guid> given) => AliveAsync(async () =>
    {
        if (await RetainedAsync() is not { } flush
            || await Runner.Undo.GiveUpAsync(Program.Session, flush, Cancel) is not null)
        {
            return "nothing to give up";
        }

        given(flush.Id);
        return "give up";
    });

    /// <summary>One round of what runs each second, and the end of a run that it began.</summary>
    public Task<string> SweepAsync() => AliveAsync(async () =>
    {
        await Runner.PollAsync();
        Runner.PollRequests.Of(Runner.Instance.Id).Take();
        var before = await NewestAsync();
        await Runner.Runs.SweepAsync(Cancel);
        await Runner.Sweep.SweepAsync(Cancel);
        if (await NewestAsync() is { } newest && newest.Id != before?.Id && newest.Replica == Replica)
        {
            await OverAsync(newest.Id);
        }

        return "sweep";
    });

    public Task<IReadOnlyList<RetainedFlush>> OpenAsync() => Runner.Flushes.OpenAsync(Cancel);

    /// <remarks>Where this fails, the world that it is in disposes it once more.</remarks>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await Program.DisposeAsync();
        await _network.DisposeAsync();
        Gate.Dispose();
    }

    private async Task<RetainedFlush?> RetainedAsync() =>
        (await OpenAsync()).LastOrDefault(flush => flush.State == RetentionState.Retained);

    private async Task<Run?> NewestAsync() => await Runner.Runs.NewestAsync(Runner.Instance.Id, 1, Cancel) is [var newest] ? newest : null;

    /// <summary>Waits for the real end of a run, also where another console gave it up before.</summary>
    private async Task OverAsync(Guid id)
    {
        var request = Runner.PollRequests.Of(Runner.Instance.Id);
        do
        {
            await request.AskedAsync(Cancel).WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
            request.Take();
        }
        while (!IsDead && await Runner.Console.Store.ReadAsync(connection => RunTable.Find(connection, id), Cancel) is { IsOver: false });
    }

    private async Task<string> AliveAsync(Func<Task<string>> operation)
    {
        try
        {
            return await operation();
        }
        catch (StoreException) when (IsDead)
        {
            return "console killed";
        }
    }
}
