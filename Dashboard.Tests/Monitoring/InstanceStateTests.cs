using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>The next state of an instance follows from the last one and a poll.</summary>
public class InstanceStateTests
{
    [Theory]
    [InlineData("", 0, 0, null, "no poll yet")]
    [InlineData("a", 0, 0, 0, "answered")]
    [InlineData("aa", 0, 0, 1, "answered again")]
    [InlineData("f", 1, 0, null, "never answered")]
    [InlineData("af", 1, 0, 0, "facts are kept")]
    [InlineData("afff", 3, 2, 0, "failing for two seconds")]
    [InlineData("affa", 0, 0, 3, "answered again")]
    [InlineData("affaff", 2, 1, 3, "a new series of failures starts over")]
    public void After_ASequenceOfPolls(string polls, int failures, double failing, int? factsOfSecond, string reason)
    {
        var state = After(polls);

        Assert.True(
            state.Failures == failures && state.Failing == TimeSpan.FromSeconds(failing), $"{reason}: {state.Failures}, {state.Failing}");
        Assert.Equal(factsOfSecond is { } second ? Given.Start.AddSeconds(second) : null, state.Facts?.At);
        Assert.Equal(polls.EndsWith('a'), state.IsAnswering);
        Assert.Equal(failures > 0, state.FirstFailure is not null);
        Assert.Equal(polls.Length, state.Recent.All.Length);
    }

    [Fact]
    public void After_LeavesTheStateBeforeAsItWas()
    {
        var before = After("aa");

        _ = before.After(Given.Failed(FaultKind.Hung, 2));

        Assert.True(before.IsAnswering);
        Assert.Equal(2, before.Recent.All.Length);
    }

    [Fact]
    public void After_TheSamePolls_IsTheSame()
    {
        Assert.Equal(After("afaaf").Findings, After("afaaf").Findings);
    }

    [Fact]
    public void FailedPoll_IsAGap_AndTheOneAfterItIsComparedAcrossIt()
    {
        var state = After("aafa");

        Assert.Equal([true, false, true, false], state.Recent.All.Select(reading => reading.Has(ReadingFlags.Gap)));
        Assert.Equal(2, state.LatestReading!.Covered);
    }

    [Fact]
    public void LongOutage_IsNotComparedAcross()
    {
        var state = After("aafffa");

        Assert.True(state.LatestReading!.Has(ReadingFlags.Gap));
        Assert.Equal(0, state.LatestReading.Covered);
    }

    [Fact]
    public void Metric_OverAWindow_IsThatOfItsReadings()
    {
        var state = Given.State(Purpose.Cache);
        for (var second = 0; second <= 20; second++)
        {
            state =
                state.After(
                    Given.Answered(
                        "valkey-8.0.1-cache", second, ("keyspace_hits", $"{100_000 + (80 * second)}"),
                        ("keyspace_misses", $"{100_000 + (20 * second)}")));
        }

        Assert.Equal(80, state.Over(MetricCatalog.Get("hit_rate"), TimeSpan.FromSeconds(10))!.Value.Value);
        Assert.Null(state.Over(MetricCatalog.Get("errors_oom"), TimeSpan.Zero));
        Assert.Null(Given.State(Purpose.Cache).Over(MetricCatalog.Get("hit_rate"), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void DaysOfPolls_StayBounded()
    {
        var state = Given.State(Purpose.Cable);
        var (answer, failure) = (Given.Answered("valkey-8.0.1-cable"), Given.Failed(FaultKind.Refused));
        for (var second = 0; second < 3000; second++)
        {
            var uptime = TimeSpan.FromSeconds(second);
            state = state.After(second % 7 == 0 ? failure with { Uptime = uptime } : answer with { Uptime = uptime });
        }

        Assert.Equal(900, state.Recent.All.Length);
    }

    private static InstanceState After(string polls) => Given.State(
        Purpose.Cache,
        [.. polls.Select(
            (poll, second) =>
                poll == 'a' ? (PollResult)Given.Answered("valkey-8.0.1-cache", second) : Given.Failed(FaultKind.Refused, second))]);
}
