using Dashboard.Audit.Events;
using Dashboard.Fakes;
using Dashboard.Instances;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Audit.Intents;

public class IntentLeaseSweeperTests : IDisposable
{
    private static readonly CancellationToken NoCancel = CancellationToken.None;
    private static readonly AuditEvent Flush =
        new("cache.flush", "guest", "10.0.0.9") { Instance = InstanceId.Of("cache"), RunId = "abc", Database = 2, Reason = "deploy" };

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly OpenTrail _one;
    private readonly OpenTrail _two;

    private readonly StoreKind _kind;

    public IntentLeaseSweeperTests()
        : this(StoreKind.File)
    {
    }

    private protected IntentLeaseSweeperTests(StoreKind kind) =>
        (_kind, _one, _two) = (kind, new(_folder.Path, _time, "here-1", kind: kind), new(_folder.Path, _time, "there-2", kind: kind));

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ExpiredLease_MakesItsOutcomeUnknown_OnceForAllConsoles()
    {
        await _one.IntendAsync(Flush, seconds: 30);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await _two.Sweep.SweepAsync(NoCancel));
        _time.Advance(TimeSpan.FromSeconds(1));
        var given = await Task.WhenAll(Enumerable.Range(0, 8).Select(each => (each % 2 == 0 ? _one : _two).Sweep.SweepAsync(NoCancel)));

        Assert.Equal(1, given.Sum());
        var row = (await _one.RowsAsync())[^1];
        Assert.Equal(
            ("outcome", "unknown", "guest", "cache", "abc", 2, "deploy"),
            (row.Kind, row.Result, row.Actor, row.Instance, row.RunId, row.Database, row.Reason));
        Assert.Equal(
            "The console that ran it (here-1) did not report an outcome in time. Check cache before you try again.", row.Detail);
        Assert.Equal(0, await _two.Sweep.SweepAsync(NoCancel));
        Assert.True((await _one.CheckAsync()).IsSound);
    }

    [Fact]
    public async Task RenewedLease_IsNotGivenUp()
    {
        var intent = await _one.IntendAsync(Flush, seconds: 30);
        _time.Advance(TimeSpan.FromSeconds(20));
        await _one.Trail.RenewAsync(intent, TimeSpan.FromSeconds(30), NoCancel);
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(0, await _two.Sweep.SweepAsync(NoCancel));
    }

    [Fact]
    public async Task LateOutcome_FollowsTheUnknownOne()
    {
        var intent = await _one.IntendAsync(Flush, seconds: 30);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _two.Sweep.SweepAsync(NoCancel);

        Assert.Null(await _one.Trail.ConcludeAsync(intent, AuditResult.Done, "it took long", null, NoCancel));

        Assert.Equal(
            [("intent", "started"), ("outcome", "unknown"), ("late", "done")],
            (await _one.RowsAsync()).Select(row => (row.Kind, row.Result)));
        Assert.Equal(0, await _two.Sweep.SweepAsync(NoCancel));
    }

    [Fact]
    public async Task DeletedLease_HidesNoIntent()
    {
        await _one.IntendAsync(Flush, seconds: 30);
        _one.Tamper("DELETE FROM leases");

        Assert.Equal(1, await _two.Sweep.SweepAsync(NoCancel));
    }

    /// <summary>With years of intents, reading all of them every five seconds would cost more than everything else.</summary>
    [Fact]
    public async Task IntentsWithoutALease_AreSearchedForOncePerRun()
    {
        await _two.Sweep.SweepAsync(NoCancel);
        await _one.IntendAsync(Flush, seconds: 30);
        _one.Tamper("DELETE FROM leases");

        Assert.Equal(0, await _two.Sweep.SweepAsync(NoCancel));
        using var next = new OpenTrail(_folder.Path, _time, "next-3", kind: _kind);
        Assert.Equal(1, await next.Sweep.SweepAsync(NoCancel));
    }

    [Fact]
    public async Task ConcludedIntent_IsLeftAlone()
    {
        var intent = await _one.IntendAsync(Flush);
        await _one.Trail.ConcludeAsync(intent, AuditResult.Failed, "BUSY", null, NoCancel);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await _two.Sweep.SweepAsync(NoCancel));
    }
}
