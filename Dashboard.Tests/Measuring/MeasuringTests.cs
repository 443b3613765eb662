using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Measuring;

/// <summary>The arithmetic behind what <c>./bench</c> reports.</summary>
public sealed class MeasuringTests
{
    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(0.95, 5)]
    [InlineData(0.2, 1)]
    [InlineData(0.21, 2)]
    [InlineData(1, 5)]
    public void Percentile_OfFive_IsAMeasuredValue(double q, double expected) =>
        Assert.Equal(expected, Percentiles.Of([5, 1, 4, 2, 3], q));

    [Theory]
    [InlineData("0", new[] { 0 })]
    [InlineData("\t0-2,5\n", new[] { 0, 1, 2, 5 })]
    public void CpuList_IsReadAsTheKernelWritesIt(string text, int[] expected) => Assert.Equal(expected, CpuList.Parse(text));

    [Fact]
    public void Percentile_OfNothing_Throws() => Assert.Throws<ArgumentException>(() => Percentiles.Of([], 0.5));

    [Fact]
    public void Spread_OfRounds_HasMiddleAndEnds() => Assert.Equal(new Spread(2, 1, 9, 3), Spread.Of([9, 1, 2]));

    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(0.95, 5)]
    [InlineData(0.2, 1)]
    public void RoundTrips_OfFive_RankAsPercentilesDo(double q, double expected) =>
        Assert.Equal(TimeSpan.FromMicroseconds(expected), Five().At(q));

    [Fact]
    public void RoundTrips_LongerThanIsCounted_KeepTheWorstExactly()
    {
        var times = Five();

        times.Add(TimeSpan.FromSeconds(2.5));

        Assert.Equal((6, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(1)), (times.Count, times.Worst, times.At(1)));
    }

    [Fact]
    public void RoundTrips_None_HaveNoRank() => Assert.Throws<InvalidOperationException>(() => new RoundTrips().At(0.5));

    [Fact]
    public void Lateness_OfADriftingRow_CountsTheDrift() =>
        Assert.Equal([0, 10, 20, 0, 500], Lateness.Of([100, 1110, 2120, 3095, 4600], first: 100, period: 1000));

    [Fact]
    public void Cpu_OfAStatWithAParenthesisInItsName_IsUserAndSystem() =>
        Assert.Equal(TimeSpan.FromSeconds(0.1), ProcessCpu.Parse("41 (a (b) c) S 1 41 41 0 -1 4194560 90 0 0 0 7 3 0 0 20 0 1 0 5 6 7"));

    [Fact]
    public void ProcessorWait_OfASchedstat_IsItsSecondNumber() =>
        Assert.Equal(TimeSpan.FromMicroseconds(587.3), ProcessorWait.Parse("81234567 587376 12\n"u8));

    [Fact]
    public void ProcessorWait_OfThisThread_IsRead()
    {
        using var wait = ProcessorWait.OfThisThread();

        Assert.True(wait.Read() >= TimeSpan.Zero);
    }

    [Fact]
    public void Memory_OfAStatus_IsBytes() =>
        Assert.Equal(123456L * 1024, ProcessMemory.Parse("Name:\tx\nVmRSS:\t  123456 kB\nThreads:\t1\n"));

    /// <summary>1 to 5 µs; fractions of a microsecond are dropped.</summary>
    private static RoundTrips Five()
    {
        var times = new RoundTrips();
        foreach (var took in (double[])[5.9, 1, 4, 2, 3])
        {
            times.Add(TimeSpan.FromMicroseconds(took));
        }

        return times;
    }
}
