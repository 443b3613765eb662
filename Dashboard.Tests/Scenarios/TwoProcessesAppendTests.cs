using System.Globalization;
using Dashboard.Audit;
using Dashboard.Audit.Chain;
using Dashboard.Servers;

namespace Dashboard.Scenarios;

/// <summary>The audit log of consoles in processes of their own, killed or writing side by side.</summary>
[Trait("Slow", "yes")]
public sealed class TwoProcessesAppendTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KilledBetweenIntentAndOutcome_TheNextRunRecordsUnknown_WhenTheLeaseHasEnded()
    {
        await using (var first =
            await ServerProcess.StartAsync(
                _folder.Path, AppendingChild.Intend(_folder.Path, "first-1", TimeSpan.FromSeconds(2)), "intended"))
        {
            Assert.True(await first.IsReadyAsync(), first.Output);
            await first.KillAsync();
        }

        using var next = new OpenTrail(_folder.Path, TimeProvider.System, "next-2");
        var lease =
            await next.Store.ReadAsync(
                connection => Dapper.SqlMapper.ExecuteScalar<long>(connection, "SELECT until FROM leases"),
                TestContext.Current.CancellationToken);
        var (swept, before) = (
            await next.Sweep.SweepAsync(TestContext.Current.CancellationToken), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        Assert.True(swept == 0 || before >= lease, "given up before its lease ended");

        await Eventually.Async(async () => await next.Sweep.SweepAsync(TestContext.Current.CancellationToken) == 1 || swept == 1);

        var rows = await next.RowsAsync();
        Assert.Equal(
            [("first-1", "intent", "started"), ("next-2", "outcome", "unknown")], rows.Select(row => (row.Replica, row.Kind, row.Result)));
        Assert.Equal(
            ("guest", "10.0.0.9", "cache.flush", "cache", "abc", 2L, "deploy"),
            (rows[1].Actor, rows[1].Address, rows[1].Action, rows[1].Instance, rows[1].RunId, rows[1].Database, rows[1].Reason));
        Assert.True(rows[1].At >= lease);
        Assert.Contains(
            "(first-1) did not report an outcome in time. Check cache before you try again.", rows[1].Detail, StringComparison.Ordinal);
        Assert.True((await next.CheckAsync()).IsSound);
        Assert.Equal(0, await next.Sweep.SweepAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task KilledWhileWriting_LosesNoRowItReported_AndTheChainContinues()
    {
        await File.WriteAllTextAsync(_folder.File("go"), "", TestContext.Current.CancellationToken);
        await using var child = await ServerProcess.StartAsync(_folder.Path, AppendingChild.Append(_folder.Path, "first-1", 100_000));
        await Eventually.Async(() => Task.FromResult(Wrote(child) > 40));
        await child.KillAsync();

        using var next = new OpenTrail(_folder.Path, TimeProvider.System, "next-2");
        await next.NoteAsync(3);

        var rows = await next.RowsAsync();
        var reported = Wrote(child);
        Assert.InRange(rows.Count - 3, reported, reported + 1);
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(row => (int)row.Sequence));
        Assert.Equal(
            Enumerable.Range(1, rows.Count - 3),
            rows.Take(rows.Count - 3).Select(row => int.Parse(row.Subject!, CultureInfo.InvariantCulture)));
        Assert.True((await next.CheckAsync()).IsSound);
    }

    [Fact]
    public async Task TwoProcessesWritingAtOnce_LoseNothing_AndMakeOneChain()
    {
        const int Each = 200;
        await using var one = await ServerProcess.StartAsync(_folder.Path, AppendingChild.Append(_folder.Path, "one-1", Each), "at its "
            + "end");
        await using var two = await ServerProcess.StartAsync(_folder.Path, AppendingChild.Append(_folder.Path, "two-2", Each), "at its "
            + "end");
        await File.WriteAllTextAsync(_folder.File("go"), "", TestContext.Current.CancellationToken);
        Assert.True(await one.IsReadyAsync() && await two.IsReadyAsync(), one.Output + two.Output);

        using var console = new OpenTrail(_folder.Path, TimeProvider.System, "reader-3");
        var rows = await console.RowsAsync();

        Assert.All((ServerProcess[])[one, two], child => Assert.EndsWith("at its end; 0 refused ", child.Output, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 2 * Each), rows.Select(row => (int)row.Sequence));
        foreach (var replica in (string[])["one-1", "two-2"])
        {
            Assert.Equal(
                Enumerable.Range(1, Each),
                rows.Where(row => row.Replica == replica).Select(row => int.Parse(row.Subject!, CultureInfo.InvariantCulture)));
        }

        Assert.True(
            rows.Zip(rows.Skip(1)).Count(pair => pair.First.Replica != pair.Second.Replica) > 1, "they did not write at the same time");
        Assert.True((await console.CheckAsync()).IsSound);
        Assert.Equal(2 * Each, Assert.IsType<AuditHeadReading.Read>(console.Heads.Read(console.Keys.Open(mayMake: false))).Head.Sequence);
    }

    /// <summary>The number of the last row that the child reported as written.</summary>
    private static int Wrote(ServerProcess child) =>
        child.Output.Split('\n').LastOrDefault(line => line.StartsWith("wrote ", StringComparison.Ordinal)) is { } line
            ? int.Parse(line[6..], CultureInfo.InvariantCulture)
            : 0;
}
