using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>The estimate of when growing memory is full.</summary>
public class TimeToFullTests
{
    [Fact]
    public void SteadyRise_IsFullWhereTheLineReachesTheLimit()
    {
        var left = TimeToFull.Of(After(300, second => 1_000_000 + (1_000 * second)));

        // The line is drawn through every tenth reading, so its last point may be some seconds old.
        Assert.InRange(left!.Value.TotalSeconds, 700, 712);
    }

    [Fact]
    public void WallClockSetBackInBetween_ChangesNothing()
    {
        var steady = After(300, second => 1_000_000 + (1_000 * second));
        var stepped = After(300, second => 1_000_000 + (1_000 * second), setBackAt: 150);

        Assert.Equal(TimeToFull.Of(steady), TimeToFull.Of(stepped));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    public void SlowPolls_GiveAnEstimateAsWell(int interval)
    {
        var left = TimeToFull.Of(After(15, poll => 1_000_000 + (1_000 * poll), interval: interval));

        Assert.InRange(left!.Value.TotalSeconds, 980 * interval, 990 * interval);
    }

    [Fact]
    public void NoLimit_IsUnknown() => Assert.Null(TimeToFull.Of(After(300, second => 1_000_000 + (1_000 * second), max: "0")));

    [Fact]
    public void StandingStill_IsUnknown() => Assert.Null(TimeToFull.Of(After(300, _ => 1_000_000)));

    [Fact]
    public void NeverAnswered_IsUnknown() => Assert.Null(TimeToFull.Of(Given.State(Purpose.Session, Given.Failed(FaultKind.Refused))));

    private static InstanceState After(
        int polls, Func<int, long> used, string max = "2000000", int setBackAt = int.MaxValue, int interval = 1)
    {
        var state = Given.State(Purpose.Session);
        for (var number = 0; number < polls; number++)
        {
            var poll = Given.Answered(
                "valkey-8.0.1-session", number * interval, ("used_memory", $"{used(number)}"), ("maxmemory", max));
            state = state.After(number < setBackAt ? poll : poll with { At = poll.At.AddHours(-1) });
        }

        return state;
    }
}
