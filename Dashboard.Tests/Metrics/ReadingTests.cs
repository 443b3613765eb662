namespace Dashboard.Metrics;

/// <summary>Readings that are joined step by step or all at once give the same result.</summary>
public class ReadingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Join_EqualsRepeatedThen(int seed)
    {
        var readings = new SomeReadings(seed).EachWithGapsAndRestart(400);

        var joined = Reading.Join(readings.ToArray());

        SameReading.Exactly(readings.Skip(1).Aggregate(readings[0], (sum, next) => sum.Then(next)), joined!);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Then_IsAssociative(int seed)
    {
        var readings = new SomeReadings(seed).EachWithGapsAndRestart(300);
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var cut = random.Next(1, readings.Count - 1);

            var halves = Reading.Join(readings.Take(cut).ToArray())!.Then(Reading.Join(readings.Skip(cut).ToArray())!);

            SameReading.Approximately(Reading.Join(readings.ToArray())!, halves);
        }
    }

    [Fact]
    public void Join_OfNone_IsNothing()
    {
        Assert.Null(Reading.Join([]));
    }

    [Fact]
    public void Join_LeavesItsPartsAsTheyWere()
    {
        var readings = new SomeReadings(6).Each(20);
        var first =
            readings[0] with
            {
                Counters = [.. readings[0].Counters],
                Gauges = [.. readings[0].Gauges],
                Durations = [.. readings[0].Durations]
            };

        _ = Reading.Join(readings.ToArray());

        SameReading.Exactly(first, readings[0]);
    }

    [Fact]
    public void Nothing_IsAGapThatKnowsNothing()
    {
        var nothing = Reading.Nothing(Given.Start);

        Assert.True(nothing.Has(ReadingFlags.Gap));
        Assert.All(MetricCatalog.All, metric => Assert.Null(metric.Over(nothing)));
    }
}
