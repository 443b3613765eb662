namespace Dashboard.Scenarios.Flush.Model;

/// <summary>Makes happen what a script of the model plans.</summary>
internal sealed class ModelDisturbances(
    ModelWorld world, ModelScript script, ModelTraffic traffic, ModelTally tally, List<string> story) : IAsyncDisposable
{
    /// <summary>Something that happens within something else, and no deeper.</summary>
    private const int MaxDepth = 2;

    private readonly Random _random = new(script.Seed);
    private readonly List<PlannedDisturbance> _left = [.. script.Disturbances];
    private readonly Dictionary<PlannedDisturbance, int> _passed = [];
    private IAsyncDisposable? _spareClient;
    private bool _isDemoted;
    private int _depth;

    /// <summary>A request of a console has reached the network. It waits until what happens at an earlier one is over.</summary>
    public async Task OnRequestAsync(ModelConsole console, string request)
    {
        await console.Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await MeetAsync(console, request);
        }
        catch (Exception error)
        {
            // The network is no place to throw: the run of the model ends at its next check.
            world.Failure ??= error;
            console.Network.Cut();
        }
        finally
        {
            console.Gate.Release();
        }
    }

    private async Task MeetAsync(ModelConsole console, string request)
    {
        if (console.IsDead)
        {
            console.Network.Cut();
        }
        else if (ScriptCall.Of(RequestWords.Of(request)) is { } call && _depth < MaxDepth)
        {
            story.Add($"{console.Replica}: {call.Script}");
            _depth++;
            await world.Late.ArriveAsync(passed: 1);
            // One at a request: a second one happens at the next.
            if (_left.Where(one => IsDue(one, call)).ToList() is [var due, ..])
            {
                _left.Remove(due);
                await HappenAsync(due.Kind, console, request);
            }

            _depth--;
        }
    }

    /// <summary>Lets happen what is planned between two operations, and ends what lasts until then.</summary>
    public async Task BeforeAsync(int operation)
    {
        await EndAsync();
        foreach (var due in _left.Where(one => one.Before is null && one.Operation == operation).ToList())
        {
            _left.Remove(due);
            await HappenAsync(due.Kind, world.First, null);
        }
    }

    /// <summary>Ends what lasts: the network is well again, the server is a primary, killed consoles run again.</summary>
    public async Task EndAsync()
    {
        await (_spareClient?.DisposeAsync() ?? ValueTask.CompletedTask);
        _spareClient = null;
        if (_isDemoted)
        {
            _isDemoted = false;
            await world.Others.PromoteAsync();
        }

        await world.ReopenAsync();
    }

    public async ValueTask DisposeAsync() => await (_spareClient?.DisposeAsync() ?? ValueTask.CompletedTask);

    private bool IsDue(PlannedDisturbance planned, ScriptCall call)
    {
        if (planned.Before is not { } before || (planned.At != FlushScript.Any && planned.At != call.Script))
        {
            return false;
        }

        _passed[planned] = _passed.GetValueOrDefault(planned) + 1;
        return _passed[planned] > before;
    }

    private async Task HappenAsync(Disturbance kind, ModelConsole console, string? request)
    {
        story.Add($"{kind}");
        tally.Count("disturbances");
        tally.Count($"disturbance {kind}");
        switch (kind)
        {
            case Disturbance.Drop:
                console.Network.Cut();
                break;
            case Disturbance.LoseAnswer:
                console.Network.LosesAnswerTo = request;
                break;
            case Disturbance.Delay:
                Hold(request!);
                console.Network.Cut();
                break;
            case Disturbance.Hang:
                Hold(request!);
                console.Swallow(request!);
                console.PassDeadlines();
                break;
            case Disturbance.Repeat:
                Hold(request!);
                break;
            case Disturbance.ConsoleDies:
                console.Kill();
                console.Network.Cut();
                break;
            case Disturbance.ConsoleDiesAfter:
                console.Network.LosesAnswerTo = request;
                console.Kill();
                break;
            default:
                await HappenAsync(kind);
                break;
        }
    }

    private async Task HappenAsync(Disturbance kind)
    {
        switch (kind)
        {
            case Disturbance.Restart or Disturbance.RestartWithKeys:
                await world.RestartAsync(kind == Disturbance.RestartWithKeys, script.Policy);
                break;
            case Disturbance.DemoteAndBack:
                await world.Others.DemoteAsync();
                await world.Others.PromoteAsync();
                break;
            case Disturbance.Demote:
                _isDemoted = world.Replay.WasAway = true;
                await world.Others.DemoteAsync();
                break;
            case Disturbance.ServerClock:
                await world.AgeServerAsync(TimeSpan.FromSeconds(3 + _random.Next(60)));
                break;
            case Disturbance.ConsoleClock:
                world.StepWallClock(TimeSpan.FromSeconds(_random.Next(-600, 600)));
                break;
            case Disturbance.TimePasses:
                await world.PassAsync(TimeSpan.FromSeconds(5 + _random.Next(30)));
                break;
            case Disturbance.SpareClient:
                _spareClient ??= await world.UseSpareAsync();
                break;
            case Disturbance.OtherSweeps:
                await OtherAsync(world.Second, console => console.SweepAsync());
                break;
            case Disturbance.OtherUndoes:
                await OtherAsync(world.Second, console => console.UndoAsync());
                break;
            case Disturbance.StrangerFlushes:
                await OtherAsync(world.Stranger, console => console.FlushAsync());
                break;
            default:
                await traffic.HappenAsync(kind);
                break;
        }
    }

    private async Task OtherAsync(ModelConsole console, Func<ModelConsole, Task<string>> operation)
    {
        await world.CheckAsync();
        var position = console.Position;
        console.Position = world.Replay.Position();
        tally.Count($"by another console: {await operation(console)}");
        await world.CheckAsync();
        console.Position = position;
    }

    private void Hold(string request) => world.Late.Hold(request, _random.Next(4) == 0 ? int.MaxValue : 1 + _random.Next(16));
}
