using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Monitoring;

public sealed class ApplicationLookupsTests
{
    private readonly ApplicationLookups _lookups = new();

    [Fact]
    public void WhatTheConsoleCaused_IsTakenOut()
    {
        Assert.Equal((1_000, 50), After(hits: 1_000, misses: 50));
        Assert.Equal((1_100, 60), After(hits: 1_400, misses: 62, made: (300, 2)));
    }

    /// <summary>INFO was answered after a step whose answer is not here yet: the counter waits until the rest has caught up.</summary>
    [Fact]
    public void StepThatIsNotCountedYet_NeverLetsACounterGoBack()
    {
        Assert.Equal((1_000, 0), After(hits: 1_000, misses: 0));
        Assert.Equal((1_200, 0), After(hits: 1_200, misses: 0));
        Assert.Equal((1_200, 0), After(hits: 1_210, misses: 0, made: (200, 0)));
        Assert.Equal((1_250, 0), After(hits: 1_450, misses: 0, made: (200, 0)));
    }

    [Fact]
    public void MoreCausedThanCounted_IsNeverNegative() => Assert.Equal((0, 0), After(hits: 10, misses: 1, made: (11, 2)));

    [Fact]
    public void OtherProcess_BeginsWithItsOwnCounters()
    {
        After(hits: 1_000, misses: 50, made: (900, 40));

        Assert.Equal((7, 3), After(hits: 7, misses: 3, made: (900, 40), runId: "b", madeOn: "a"));
        Assert.Equal((9, 3), After(hits: 19, misses: 3, made: (10, 0), runId: "b", madeOn: "b"));
    }

    /// <summary>CONFIG RESETSTAT sets the counters to 0, and what the console caused before with them.</summary>
    [Fact]
    public void CountersSetToZero_AreComparedFromThereOn()
    {
        Assert.Equal((100, 10), After(hits: 1_000, misses: 50, made: (900, 40)));
        Assert.Equal((5, 1), After(hits: 5, misses: 1, made: (900, 40)));
        Assert.Equal((15, 3), After(hits: 35, misses: 4, made: (920, 41)));
    }

    [Fact]
    public void ServerThatDoesNotSay_StaysUnknown() => Assert.Equal((null, null), After(hits: null, misses: null, made: (5, 5)));

    private (long? Hits, long? Misses) After(
        long? hits, long? misses, (long Hits, long Misses)? made = null, string runId = "a", string madeOn = "a")
    {
        var recorded = Snapshot.Parse(Given.Recording("valkey-8.0.1", Purpose.Cache));
        var snapshot = recorded with
        {
            Server = recorded.Server with { RunId = runId },
            Stats = recorded.Stats with { Hits = hits, Misses = misses },
        };
        var own = made is { } known ? (madeOn, new KeyLookups(known.Hits, known.Misses)) : ((string, KeyLookups)?)null;
        var stats = _lookups.Of(snapshot, own).Stats;
        return (stats.Hits, stats.Misses);
    }
}
