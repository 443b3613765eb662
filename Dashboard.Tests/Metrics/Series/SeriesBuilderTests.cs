namespace Dashboard.Metrics.Series;

public sealed class SeriesBuilderTests
{
    private static readonly DateTimeOffset Start = SomeReadings.Start;
    private static readonly Metric Commands = MetricCatalog.Get("commands");
    private static readonly Metric Keys = MetricCatalog.Get("keys");
    private static readonly Metric HitRate = MetricCatalog.Get("hit_rate");

    [Fact]
    public void Line_WhereAllFit_DrawsEachReading()
    {
        var readings = new SomeReadings(1).Each(300);

        var points = Build(readings, "5m").Line(Commands);

        Assert.Equal(
            readings.Select(reading => (reading.At.ToUnixTimeMilliseconds(), reading.Counters[4].Rate)),
            points.Skip(1).Select(point => (point.Time, point.Value)));
        Assert.Equal(new SeriesPoint(readings[0].At.ToUnixTimeMilliseconds() - 1, null), points[0]);
    }

    [Theory]
    [InlineData("15m", 900)]
    [InlineData("1h", 3600)]
    public void Line_OfManyReadings_IsCorrectOverEachStretch_AndKeepsItsExtremes(string window, int seconds)
    {
        var readings = new SomeReadings(2).EachWithGapsAndRestart(seconds);
        var step = (long)Scale(window).Bucket.TotalMilliseconds;

        var points = Build(readings, window).Line(Keys).Where(point => point.Time % step == 0).ToList();

        Assert.True(points.Count <= ChartScale.MaxPoints);
        foreach (var point in points)
        {
            var inside =
                readings.Where(
                    reading => reading.At.ToUnixTimeMilliseconds() >= point.Time && reading.At.ToUnixTimeMilliseconds() < point.Time + step)
                .Select(reading => reading.Gauges[5]).Where(cell => cell.Seconds > 0).ToList();
            Assert.Equal(inside.Count > 0, point.Value is not null);
            Assert.Equal(inside.Count == 0 ? 0 : inside.Sum(cell => cell.Sum) / inside.Sum(cell => cell.Seconds), point.Value ?? 0, 1e-6);
            Assert.Equal(inside.Select(cell => cell.Max).DefaultIfEmpty().Max(), point.High ?? point.Value ?? 0);
            Assert.Equal(inside.Select(cell => cell.Min).DefaultIfEmpty().Min(), point.Low ?? point.Value ?? 0);
        }
    }

    [Fact]
    public void Line_OverFailedPolls_IsBroken()
    {
        var some = new SomeReadings(3);
        var readings = some.Each(100);
        readings[40] = Reading.Nothing(readings[40].At);

        var points = Build(readings, "5m").Line(Keys);

        Assert.Null(points.Single(point => point.Time == readings[40].At.ToUnixTimeMilliseconds()).Value);
        Assert.NotNull(points.Single(point => point.Time == readings[41].At.ToUnixTimeMilliseconds()).Value);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void Line_WhereReadingsAreMissing_IsBrokenWhenTheyAreMany(int missing, bool broken)
    {
        var readings = Enumerable.Range(0, 100).Where(second => second < 50 || second >= 50 + missing)
            .Select(second => new SomeReadings(4).One(Start.AddSeconds(second))).ToList();

        var points = Build(readings, "5m").Line(Keys);

        Assert.Equal(broken, points.Contains(new SeriesPoint(Start.AddSeconds(50 + missing).ToUnixTimeMilliseconds() - 1, null)));
    }

    [Fact]
    public void Line_OfBuckets_IsBrokenByAGapShorterThanABucketAndAHalf()
    {
        var readings = new SomeReadings(5).Each(3600).Where((_, second) => second is < 1004 or > 1010).ToList();

        var points = Build(readings, "1h").Line(Keys);

        Assert.Single(points.Skip(1), point => point.Value is null);
    }

    [Fact]
    public void HitRate_LooksBackTenSeconds()
    {
        var readings = Enumerable.Range(0, 60)
            .Select(second => Lookups(second, hits: second % 2 == 0 ? 30 : 0, misses: second % 2 == 0 ? 0 : 10)).ToList();

        var points = Build(readings, "5m").Line(HitRate);

        Assert.All(points.Take(4), point => Assert.Null(point.Value));
        Assert.All(points.Skip(11), point => Assert.Equal(75, point.Value));
    }

    [Fact]
    public void HitRate_IsUnknownWhereThePollFailed_ThoughThePastIsKnown()
    {
        var readings = Enumerable.Range(0, 60)
            .Select(second => second == 30 ? Reading.Nothing(Start.AddSeconds(30)) : Lookups(second, 30, 10)).ToList();

        var points = Build(readings, "5m").Line(HitRate);

        Assert.Null(points.Single(point => point.Time == Start.AddSeconds(30).ToUnixTimeMilliseconds()).Value);
        Assert.Equal(75, points.Single(point => point.Time == Start.AddSeconds(31).ToUnixTimeMilliseconds()).Value);
    }

    [Fact]
    public void Envelope_LosesNoSpikeAndNoDip()
    {
        var readings = new SomeReadings(6).EachWithGapsAndRestart(3600);

        var points = Build(readings, "1h").Envelope(Commands);

        var rates = readings.Select(reading => reading.Counters[4].Rate).OfType<double>().ToList();
        Assert.True(points.Count(point => point.Value is not null) <= ChartScale.MaxPoints);
        Assert.Equal(rates.Max(), points.Max(point => point.Value));
        Assert.Equal(rates.Min(), points.Min(point => point.Value));
        Assert.All(points.Where(point => point.Value is not null), point => Assert.Contains(point.Value!.Value, rates));
        Assert.Equal(points.OrderBy(point => point.Time).DistinctBy(point => point.Time), points);
    }

    [Fact]
    public void Envelope_ShowsAPeakInsideARolledUpRow()
    {
        var rows = ReadingBuckets.Of(new SomeReadings(7).Each(86_400 / 20), 60_000).ToList();
        rows[20].Counters[4] = rows[20].Counters[4] with { Peak = 1e9 };

        var points = new SeriesBuilder(rows, ChartScale.For(TimeSpan.FromHours(24), TimeSpan.FromMinutes(1)), Start).Envelope(Commands);

        Assert.Equal(1e9, points.Max(point => point.Value));
    }

    [Theory]
    [InlineData(8, "5m")]
    [InlineData(9, "15m")]
    [InlineData(10, "1h")]
    public void Tail_ReplacingDrawnPoints_GivesTheLineOfAllReadings(int seed, string window)
    {
        var readings = new SomeReadings(seed).EachWithGapsAndRestart(1200);
        var scale = Scale(window);
        var random = new Random(seed);
        foreach (var metric in new[] { Commands, Keys, HitRate, MetricCatalog.Get("round_trip") })
        {
            var (line, envelope) = (new List<SeriesPoint>(), new List<SeriesPoint>());
            for (int sent = 0, next; sent < readings.Count; sent = next)
            {
                next = Math.Min(readings.Count, sent + random.Next(1, 9));
                var from = sent == 0 ? Start : scale.TailFrom(readings[sent - 1].At);
                var tail = new SeriesBuilder([.. readings.Take(next).Where(reading => reading.At >= scale.ReadFrom(from))], scale, from);
                Replace(line, tail.Line(metric));
                Replace(envelope, tail.Envelope(metric));
            }

            var all = new SeriesBuilder(readings, scale, Start);
            Assert.Equal(all.Line(metric), line);
            Assert.Equal(all.Envelope(metric), envelope);
        }
    }

    [Fact]
    public void Readings_OutOfOrder_AreDrawnInTheOrderOfTime()
    {
        var readings = new SomeReadings(11).Each(100);

        var points = Build([.. readings[50..], .. readings[..50]], "5m").Line(Keys);

        Assert.Equal(Build(readings, "5m").Line(Keys), points);
    }

    [Fact]
    public void NoReadings_GiveNoPoints()
    {
        var builder = Build([], "15m");

        Assert.Empty(builder.Line(Keys));
        Assert.Empty(builder.Envelope(HitRate));
        Assert.Empty(builder.Marks);
    }

    [Fact]
    public void EveryMetric_IsFiniteAtEveryScale_DespiteGapsAndRestarts()
    {
        var readings = new SomeReadings(12).EachWithGapsAndRestart(900);
        foreach (var builder in ChartWindow.All.Select(window => Build(readings, window.Key)))
        {
            Assert.All(
                MetricCatalog.All,
                metric =>
                    Assert.All(
                        builder.Line(metric).Concat(builder.Envelope(metric)), point => Assert.True(double.IsFinite(point.Value ?? 0))));
        }
    }

    private static void Replace(List<SeriesPoint> drawn, IReadOnlyList<SeriesPoint> tail)
    {
        if (tail.Count > 0)
        {
            drawn.RemoveAll(point => point.Time >= tail[0].Time);
            drawn.AddRange(tail);
        }
    }

    private static Reading Lookups(int second, double hits, double misses)
    {
        var reading = Reading.Nothing(Start.AddSeconds(second)) with { Marks = ReadingFlags.None, Covered = 1, Held = 1 };
        reading.Counters[MetricCatalog.Counter("keyspace_hits")] = new(hits, 1, hits);
        reading.Counters[MetricCatalog.Counter("keyspace_misses")] = new(misses, 1, misses);
        return reading;
    }

    private static ChartScale Scale(string window) => ChartScale.For(ChartWindow.Parse(window).Length, TimeSpan.FromSeconds(1));

    private static SeriesBuilder Build(IReadOnlyList<Reading> readings, string window) => new(readings, Scale(window), Start);
}
