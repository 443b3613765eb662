using Dashboard.Audit;
using Dashboard.Instances;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Actions;

/// <summary>A console killed in the middle of a run: the next one says what is known, up to the last batch.</summary>
[Trait("Needs", "Server")]
public sealed class KilledRunTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KilledHalfWay_TheNextStartSaysHowFarItWas_AndTheInstanceIsFreeAgain()
    {
        await using var server = await TestServer.StartAsync();
        await server.CallAsync("EVAL", "for i = 1, 40000 do redis.call('SET', 'l:'..i, 'x', 'EX', 9000) end", "0");
        await using (var first = await ServerProcess.StartAsync(_folder.Path, WalkingChild.Command(_folder.Path, server.Port, (await server.InfoAsync("run_id"))!), "told"))
        {
            Assert.True(await first.IsReadyAsync(), first.Said);
            await first.KillAsync();
        }

        var session = InstanceId.Of("session");
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + RunBook.Lease + TimeSpan.FromSeconds(20));
        using var next = new OpenTrail(_folder.Path, time, "next-2");
        var runs = new RunBook(next.Store, new("next-2"), time);
        var left = await runs.RunningAsync(session, Cancel);
        Assert.InRange(left!.Done, 1, 39_999);

        Assert.Equal((1, 1), (await runs.SweepAsync(Cancel), await next.Sweep.SweepAsync(Cancel)));

        var over = (await runs.NewestAsync(session, 1, Cancel))[0];
        Assert.Equal(AuditResult.Unknown, over.Result);
        Assert.StartsWith($"The console that ran it (first-1) stopped before it could say. Up to the last batch it had told of about {left.Done} keys;", over.Sentence, StringComparison.Ordinal);
        Assert.Equal(["started", "unknown"], (await next.RowsAsync()).Select(row => row.Result));
        Assert.Equal("40000", (await server.CallAsync("DBSIZE")).ToString());
    }
}
