namespace Dashboard.Metrics.Series;

public sealed class TrailingWindowTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(4, 12)]
    [InlineData(7, 14)]
    [InlineData(60, 60)]
    public void Stretch_IsSeenWithThoseBeforeIt_ForTenSecondsAtLeast(int step, double seconds)
    {
        var window = new TrailingWindow(Stretches(step, 100), TenSeconds, TimeSpan.FromSeconds(step));

        Assert.Equal(seconds, window.At(50).Covered);
        Assert.Equal(step, window.At(0).Covered);
    }

    [Fact]
    public void PollsAFewMillisecondsEarlyOrLate_DoNotWidenTheWindow()
    {
        var random = new Random(1);
        var stretches = Enumerable.Range(0, 500).Select(second => Stretch((second * 1000) + random.Next(-60, 60), 1)).ToList();
        var window = new TrailingWindow(stretches, TenSeconds, TimeSpan.FromSeconds(1));

        Assert.All(Enumerable.Range(20, 400), index => Assert.Equal(10, window.At(index).Covered));
    }

    [Fact]
    public void StretchWithoutData_IsNotFilledFromThePast()
    {
        var stretches = Stretches(1, 30);
        stretches[20] = new(20_000, Reading.Nothing(DateTimeOffset.FromUnixTimeMilliseconds(20_000)), false);

        var window = new TrailingWindow(stretches, TenSeconds, TimeSpan.FromSeconds(1));

        Assert.Equal(0, window.At(20).Covered);
        Assert.Equal(9, window.At(21).Covered);
    }

    private static List<SeriesBucket> Stretches(int step, int count) =>
        [.. Enumerable.Range(0, count).Select(index => Stretch(index * step * 1000, step))];

    private static SeriesBucket Stretch(long time, double seconds) =>
        new(time, Reading.Nothing(DateTimeOffset.FromUnixTimeMilliseconds(time)) with { Covered = seconds, Held = seconds }, false);
}
