using Dapper;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Audit;
using Dashboard.Instances;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>
/// A file that ignores writes without an error: the console never takes a run or an Undo for begun, or for over, when it is not.
/// </summary>
public sealed class IgnoredRunWritesTests : IDisposable
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");
    private static readonly string[] Tables = ["runs", "swaps"];

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly OpenTrail _console;
    private readonly RunStore _runs;
    private readonly RetainedFlushes _swaps;

    public IgnoredRunWritesTests()
    {
        _console = new(_folder.Path, _time);
        (_runs, _swaps) = (new(_console.Store, new("here-1"), [], _time), new(_console.Store, _time));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("INSERT ON runs", "claim")]
    [InlineData("UPDATE ON runs", "claim where one was left")]
    [InlineData("UPDATE ON runs", "tell")]
    [InlineData("UPDATE ON runs", "stop")]
    [InlineData("UPDATE ON runs", "end")]
    [InlineData("UPDATE ON runs", "sweep")]
    [InlineData("INSERT ON swaps", "begin")]
    [InlineData("UPDATE ON swaps", "keep")]
    [InlineData("UPDATE ON swaps", "call off")]
    [InlineData("UPDATE ON swaps", "return")]
    [InlineData("UPDATE ON swaps", "hold")]
    [InlineData("UPDATE ON swaps", "purge")]
    [InlineData("UPDATE ON swaps", "give up now")]
    public async Task IgnoredWrite_IsAFailure(string write, string act)
    {
        var run = await PrepareAsync(act);
        var before = await StateAsync();
        await WriteAsync($"CREATE TRIGGER quiet BEFORE {write} BEGIN SELECT RAISE(IGNORE); END");

        var failure = (await Assert.ThrowsAsync<StoreException>(run)).Failure;

        Assert.StartsWith(
            $"{_console.Store.Location} did not keep a write to its table {write.Split(' ')[2]}.", failure.Why,
            StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());
        await WriteAsync("DROP TRIGGER quiet");
        await run();
        Assert.NotEqual(before, await StateAsync());
    }

    private async Task<Func<Task>> PrepareAsync(string act)
    {
        var run = new Run(Guid.CreateVersion7(), "probe", Cache, "abc", 0, "", "guest", "", _time.GetUtcNow());
        if (act is "claim" or "begin")
        {
            return act == "claim" ? () => _runs.ClaimAsync(run, Cancel) : () => _swaps.BeginAsync(run, 9, 100, isChecked: true, Cancel);
        }

        Assert.Null(await _runs.ClaimAsync(run, Cancel));
        if (act is "claim where one was left" or "sweep")
        {
            _time.Advance(RunStore.Lease);
            return act == "sweep"
                ? () => _runs.SweepAsync(Cancel)
                : () => _runs.ClaimAsync(run with { Id = Guid.CreateVersion7() }, Cancel);
        }

        Assert.True(await _swaps.BeginAsync(run, 9, 100, isChecked: true, Cancel));
        if (act is not ("keep" or "call off"))
        {
            await _swaps.KeepAsync(run.Id, 100);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        return act switch
        {
            "tell" => () => _runs.ReportAsync(run.Id, 1, 10, "", Cancel),
            "stop" => () => _console.Store.WriteAsync(transaction => RunTable.Cancel(transaction, run.Id, "keeper"), Cancel),
            "end" => () => _runs.EndAsync(run.Id, ProbeAction.Well, Cancel),
            "keep" => () => _swaps.KeepAsync(run.Id, 100),
            "call off" => () => _swaps.CallOffAsync(run.Id, "Nothing was flushed."),
            "return" => () => _swaps.ClaimReturnAsync(run.Id, Guid.NewGuid()),
            "hold" => async () => await _swaps.HoldAsync(await SwapAsync(run), Cancel),
            "purge" => await PurgeAsync(run),
            "give up now" =>
                () => _console.Store.WriteAsync(
                    transaction => RetainedFlushTable.EndNow(transaction, run.Id, seen: "", _time.GetUtcNow()), Cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        };
    }

    private async Task<Func<Task>> PurgeAsync(Run run)
    {
        await _runs.EndAsync(run.Id, ProbeAction.Well, Cancel);
        var swap = await SwapAsync(run);
        return () => _swaps.ClaimPurgeAsync(swap);
    }

    private async Task<RetainedFlush> SwapAsync(Run run) => (await _swaps.FindAsync(run.Id, Cancel))!;

    private Task<string> StateAsync() => _console.Store.ReadAsync(
        connection => string.Join('\n', Tables.SelectMany(
            table =>
                connection.Query($"SELECT * FROM {table}").Select(row => string.Join(' ', ((IDictionary<string, object?>)row).Values)))),
                    Cancel);

    private Task<int> WriteAsync(string sql) =>
        _console.Store.WriteAsync(transaction => transaction.Connection!.Execute(sql, transaction: transaction), Cancel);
}
