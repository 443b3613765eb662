namespace Dashboard.Metrics.Series;

public sealed class ReadingBucketsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(9_999, 0)]
    [InlineData(10_000, 10_000)]
    [InlineData(-1, -10_000)]
    [InlineData(-10_000, -10_000)]
    public void Stretch_BeginsAtAWholeMultiple_BeforeAndAfter1970(long at, long start)
    {
        Assert.Equal(start, ReadingBuckets.StartOf(at, 10_000));
    }

    [Fact]
    public void Readings_AreJoinedByTheStretchTheyLieIn()
    {
        var readings = new SomeReadings(1).EachWithGapsAndRestart(95);

        var buckets = ReadingBuckets.Of(readings, 10_000).ToList();

        Assert.Equal(
            readings.Select(reading => ReadingBuckets.StartOf(reading.At.ToUnixTimeMilliseconds(), 10_000)).Distinct(),
            buckets.Select(bucket => bucket.At.ToUnixTimeMilliseconds()));
        Assert.All(buckets, bucket => SameReading.Approximately(
            readings.Where(reading => reading.At >= bucket.At && reading.At < bucket.At.AddSeconds(10))
                .Aggregate((all, next) => all.Then(next)), bucket));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void StretchesOfStretches_EqualLongStretches(int seed)
    {
        var readings = new SomeReadings(seed).EachWithGapsAndRestart(1900);

        var once = ReadingBuckets.Of(readings, 900_000).ToList();
        var thrice = ReadingBuckets.Of(ReadingBuckets.Of(ReadingBuckets.Of(readings, 10_000), 60_000), 900_000).ToList();

        Assert.Equal(once.Count, thrice.Count);
        Assert.All(once.Zip(thrice), pair => SameReading.Approximately(pair.First, pair.Second));
    }

    [Fact]
    public void NoReadings_GiveNoStretch()
    {
        Assert.Empty(ReadingBuckets.Of([], 10_000));
    }
}
