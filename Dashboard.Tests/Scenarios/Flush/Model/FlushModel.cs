namespace Dashboard.Scenarios.Flush.Model;

/// <summary>
/// Runs one script of the model on a real server until no flush is open, and checks that no key was moved or removed that must not be, and
/// that all that was said is true.
/// </summary>
internal sealed class FlushModel(ModelWorld world, ModelScript script, ModelTally tally)
{
    /// <summary>So many rounds end every flush: the longest wait is 15 minutes, and each round is a minute later.</summary>
    private const int MaxRounds = 60;

    private readonly List<string> _story = [];

    /// <exception cref="ModelViolation">A promise did not hold.</exception>
    public async Task RunAsync()
    {
        var traffic = new ModelTraffic(world.Others, script.Keys, script.Seed);
        await using var disturbances = new ModelDisturbances(world, script, traffic, tally, _story);
        try
        {
            await world.BeginAsync(script.Policy);
            await traffic.FillAsync();
            world.OnRequest = disturbances.OnRequestAsync;
            await OperateAsync(disturbances, traffic);
            await disturbances.EndAsync();
            await CloseAsync();
            await EndAsync();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new ModelViolation(
                string.Join(
                    Environment.NewLine,
                    [
                        $"Seed {script.Seed}: {(world.Failure ?? error).Message}",
                        $"{script.Keys} keys, {script.Policy}: {string.Join(" > ", _story)}", .. world.Said, $"{error}",
                    ]));
        }
        finally
        {
            world.OnRequest = null;
        }
    }

    private async Task OperateAsync(ModelDisturbances disturbances, ModelTraffic traffic)
    {
        for (var number = 0; number < script.Operations.Count; number++)
        {
            await disturbances.BeforeAsync(number);
            await OperateAsync(script.Operations[number], traffic);
        }

        await disturbances.BeforeAsync(script.Operations.Count);
    }

    private async Task OperateAsync(ModelOperation operation, ModelTraffic traffic)
    {
        await world.Late.ArriveAsync(passed: 1);
        await world.CheckAsync();
        world.First.Position = world.Replay.Position();
        _story.Add($"{operation}");
        switch (operation)
        {
            case ModelOperation.Flush:
                Tell(await world.First.FlushAsync());
                break;
            case ModelOperation.Undo:
                Tell(await world.First.UndoAsync());
                break;
            case ModelOperation.GiveUp:
                Tell(await world.First.GiveUpAsync(flush => world.Replay.Of(flush).KeptUntil = null));
                break;
            case ModelOperation.Sweep:
                Tell(await world.First.SweepAsync());
                break;
            case ModelOperation.Wait:
                await world.PassAsync(TimeSpan.FromSeconds(7));
                break;
            case ModelOperation.WaitToEnd:
                await world.PassAsync(TimeSpan.FromSeconds(61));
                break;
            case ModelOperation.OthersWrite:
                await traffic.HappenAsync(Disturbance.OthersWrite);
                break;
            case ModelOperation.OthersWriteSpare:
                await traffic.HappenAsync(Disturbance.OthersWriteSpare);
                break;
        }

        await world.QuietAsync();
        await world.CheckAsync();
    }

    /// <summary>All consoles run, and time passes until no flush is open.</summary>
    private async Task CloseAsync()
    {
        _story.Add("close");
        for (var round = 0; (await world.OpenAsync()).Count > 0; round++)
        {
            if (round == MaxRounds)
            {
                throw new ModelViolation($"Still open: {string.Join(", ", await world.OpenAsync())}.");
            }

            await SweepAllAsync();
            await world.PassAsync(TimeSpan.FromSeconds(round < 3 ? 16 : 61));
        }
    }

    private async Task SweepAllAsync()
    {
        foreach (var console in world.Consoles)
        {
            await world.CheckAsync();
            await world.Late.ArriveAsync(passed: 1);
            await world.CheckAsync();
            console.Position = world.Replay.Position();
            await console.SweepAsync();
            await world.QuietAsync();
            await world.ReopenAsync();
        }

        await world.CheckAsync();
    }

    /// <summary>What is still on its way arrives after all is closed.</summary>
    private async Task EndAsync()
    {
        await world.Late.ArriveAllAsync();
        await world.CheckKeysAsync();
        world.Replay.CheckNothingLeftBehind();
        if (script.IsCalm)
        {
            Assert.DoesNotContain(world.Said, said => said.Result == "unknown");
        }

        if (script.IsUndisturbed)
        {
            Assert.NotEmpty(world.Said);
            Assert.All(world.Said, said => Assert.Equal("done", said.Result));
        }

        CountSaid();
    }

    private void CountSaid()
    {
        tally.Count("seeds");
        tally.Count("seeds in which no outcome may be unknown", script.IsCalm ? 1 : 0);
        tally.Count("other clients' keys taken along, as the preview says", world.Replay.TakenAlong);
        tally.Count("said unknown", world.Said.Count(said => said.Result == "unknown"));
        foreach (var said in world.Said)
        {
            tally.Count($"said {said.Action} {said.Result}");
        }
    }

    private void Tell(string what)
    {
        _story.Add(what);
        tally.Count(what);
    }
}
