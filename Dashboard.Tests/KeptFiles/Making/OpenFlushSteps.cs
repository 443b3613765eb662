using Dashboard.Actions.Flush;
using Dashboard.Servers;
using Dashboard.Valkey.Commands;

namespace Dashboard.KeptFiles.Making;

/// <summary>Leaves flushes that are not over, one in each state, and one that was given up before.</summary>
internal sealed class OpenFlushSteps(Maker maker, MakerConsole console, RunSteps runs, MakerOwner owner)
{
    private const int Keys = 300;

    private static readonly string[] Instances = ["pages", "views", "fragments"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FlushUndo Undo => console.Service<FlushUndo>();

    /// <summary>Ends with a run and an act in progress. The set has to be copied within five seconds, before they are given up.</summary>
    public async Task RunAsync()
    {
        foreach (var instance in Instances)
        {
            await maker.Servers.FillAsync(instance, "page:", Keys);
            await FlushAsync(instance);
        }

        await EndAsync("pages");
        await BeginAsync("pages");
        await ReturnAsync("views");
        await PurgeAsync("fragments");
    }

    private async Task FlushAsync(string instance) => await runs.OverAsync(await runs.BeginAsync(instance, "cache.flush", Keys));

    private async Task EndAsync(string instance)
    {
        const string over = "SELECT count(*) FROM swaps WHERE instance = @instance AND state = 'over'";
        await GiveUpAsync(instance);
        await Eventually.Async(() => Task.FromResult(console.Ask<long>(over, new { instance }) == 1));
        await maker.Servers.FillAsync(instance, "page:", Keys);
    }

    /// <summary>Begins a flush whose answer does not arrive: whether the server flushed is not known.</summary>
    private async Task BeginAsync(string instance)
    {
        var held = maker.Servers.HoldBack(instance, LuaScripts.SwapOut);
        var run = await runs.BeginAsync(instance, "cache.flush", Keys);
        await held;
        await runs.OverAsync(run);
    }

    /// <summary>Begins an Undo whose first page gets no answer: the run reports that, and begins again.</summary>
    private async Task ReturnAsync(string instance)
    {
        var held = maker.Servers.HoldBack(instance, LuaScripts.BringBack);
        Assert.Null((await Undo.UndoAsync(owner.Session, await runs.KeptAsync(instance), Cancel))?.Sentence);
        await held;
        await Eventually.Async(() => Task.FromResult(console.Ask<bool>("SELECT says <> '' FROM runs WHERE ended_at IS NULL")));
    }

    private async Task PurgeAsync(string instance)
    {
        var held = maker.Servers.HoldBack(instance, LuaScripts.Purge);
        await GiveUpAsync(instance);
        await held;
    }

    private async Task GiveUpAsync(string instance) =>
        Assert.Null((await Undo.GiveUpAsync(owner.Session, await runs.KeptAsync(instance), Cancel))?.Sentence);
}
