using Dashboard.Actions.Sampling;
using Dashboard.History;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;

namespace Dashboard.Actions.Flush.Recovery;

public sealed class RecoveryEstimateTests : IDisposable
{
    private readonly WriterFixture _history = new();

    private RecoveryEstimate Estimate => new(_history.Query, _history.Time);

    /// <summary>A cache polled for a minute just now: 200 reads a second, 50 000 keys.</summary>
    private InstanceState Target()
    {
        var second = (_history.Time.GetUtcNow() - Given.Start).TotalSeconds;
        return Given.State(Purpose.Cache, [.. Enumerable.Range(0, 61).Select(i => Given.Answered(
            Given.Recording("valkey-8.0.1", Purpose.Cache), second - 60 + i, ("keyspace_hits", $"{150 * i}"),
            ("keyspace_misses", $"{50 * i}"), ("db0", "keys=50000,expires=0,avg_ttl=0")))]);
    }

    public void Dispose() => _history.Dispose();

    private void Remember(params (int Minutes, double Percent, double Keys)[] parts)
    {
        _history.Append(CacheStory.Of(parts));
        _history.Writer.Flush();
    }

    private Task<HitRateRecovery> OfAsync(params DateTimeOffset[] flushes) =>
        Estimate.OfAsync(Target(), flushes, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Emptying_IsFoundAmongCoarseReadings_AndFollowedFinely()
    {
        Remember((125, 95, 50_000), (4, 20, 3_000), (2_000, 95, 50_000));

        var recovery = await OfAsync();

        Assert.Equal("An estimate: after the last emptying, 1 Mar 14:05 UTC, the hit rate took 5 min to come back.", recovery.Sentence);
        Assert.Equal((TimeSpan.FromMinutes(5), false), (recovery.Time, recovery.IsAtLeast));
    }

    [Fact]
    public async Task ThreeNearEachOther_CountOnceEach()
    {
        Remember(
            (125, 95, 50_000), (4, 20, 3_000), (120, 95, 50_000), (2, 20, 3_000), (120, 95, 50_000), (9, 20, 3_000), (500, 95, 50_000));

        var recovery = await OfAsync();

        Assert.Equal(
            "An estimate: after the last 3 emptyings, the latest 1 Mar 18:11 UTC, the hit rate took 5 min (the median) to come back.",
            recovery.Sentence);
    }

    [Fact]
    public async Task FallThatTookMinutes_IsNoEmptying()
    {
        Remember([(120, 95, 50_000), .. Enumerable.Range(0, 10).Select(i => (1, 95.0, 50_000 * Math.Pow(0.7, i))), (100, 95, 2_000)]);

        Assert.Contains(
            "no emptying is in the history. At 200 reads/s it takes at least 5 min", (await OfAsync()).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnFlush_IsFollowedThoughTheKeysHardlyFell()
    {
        Remember((125, 95, 50_000), (1, 20, 60_000), (3, 60, 20_000), (500, 95, 50_000));

        var recovery = await OfAsync(CacheStory.Start.AddMinutes(125).AddSeconds(-20));

        Assert.Equal("An estimate: after the last emptying, 1 Mar 14:04 UTC, the hit rate took 6 min to come back.", recovery.Sentence);
    }

    [Fact]
    public async Task CalledOff_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Estimate.OfAsync(Given.State(Purpose.Cache), [], cancelled.Token));
    }

    [Fact]
    public async Task NoHistory_GoesByWhatIsReadNow()
    {
        Assert.Equal((TimeSpan.FromSeconds(250), true), (await OfAsync() is var recovery ? recovery.Time : null, recovery.IsAtLeast));
    }

    [Fact]
    public async Task DamagedStore_GoesByWhatIsReadNow()
    {
        Remember((125, 95, 50_000), (4, 20, 3_000), (200, 95, 50_000));
        _history.Writer.Close();
        _history.File.CloseReaders();
        await File.WriteAllBytesAsync(_history.File.Path, [.. Enumerable.Repeat((byte)7, 9_000)], TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.FromSeconds(250), (await OfAsync()).Time);
    }

    [Fact]
    public async Task UnknownInstance_IsNotKnown()
    {
        var recovery = await Estimate.OfAsync(Given.State(Purpose.Cache), [], TestContext.Current.CancellationToken);

        Assert.Null(recovery.Time);
    }
}
