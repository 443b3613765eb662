using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>The estimate of when growing memory is full.</summary>
public class TimeToFullTests
{
    [Fact]
    public void SteadyRise_IsFullWhereTheLineReachesTheLimit()
    {
        var full = TimeToFull.Of(After(600, second => 1_400_000 + (1_000 * (second % 600))))!;

        // The line is drawn through every tenth reading, so its last point may be some seconds old.
        Assert.InRange(full.Earliest.TotalSeconds, 0, 12);
        Assert.Equal(full.Earliest, full.Latest);
    }

    [Fact]
    public void WallClockSetBackInBetween_ChangesNothing()
    {
        var steady = After(400, second => 1_400_000 + (1_000 * second));
        var stepped = After(400, second => 1_400_000 + (1_000 * second), setBackAt: 150);

        Assert.NotNull(TimeToFull.Of(steady));
        Assert.Equal(TimeToFull.Of(steady), TimeToFull.Of(stepped));
    }

    /// <summary>Polls are a minute apart; the memory lasts for hours.</summary>
    [Theory]
    [InlineData(61, 400, 3 * 60, 4 * 60)] // one rate throughout
    [InlineData(30, 400, null, null)] // half an hour of readings
    public void FurtherAwayThanTheReadingsReach_NeedsAnHourOfThem(int minutes, int step, int? earliest, int? latest)
    {
        var full = TimeToFull.Of(After(minutes, minute => 1_900_000 + (step * minute), interval: 60));

        Assert.Equal(earliest is null, full is null);
        if (full is not null)
        {
            Assert.InRange(full.Earliest.TotalMinutes, earliest!.Value, latest!.Value);
            Assert.InRange(full.Latest - full.Earliest, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void RateThatChanges_GivesARange()
    {
        var full = TimeToFull.Of(After(100, minute => 1_700_000 + (400 * minute) + (400 * Math.Max(0, minute - 50)), interval: 60))!;

        // At the rate of all of them about 5 hours, at the later one about 4.
        Assert.InRange(full.Earliest.TotalMinutes, 295, 310);
        Assert.InRange(full.Latest.TotalMinutes, 350, 450);
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
