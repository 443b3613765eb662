namespace Dashboard.Metrics;

/// <summary>Turns readings into the points of charts. Stretches begin at whole multiples of their length, so the newest points can be computed alone: <see cref="ChartScale.TailFrom"/>.</summary>
/// <param name="readings">From <see cref="ChartScale.ReadFrom"/> on, oldest first.</param>
/// <param name="from">Points before it are left out.</param>
public sealed class SeriesBuilder(IReadOnlyList<Reading> readings, ChartScale scale, DateTimeOffset from)
{
    private readonly IReadOnlyList<Reading> _readings = InOrder(readings);
    private List<SeriesStretch>? _each;
    private List<SeriesStretch>? _buckets;

    /// <summary>Restarts, resets and gaps, oldest first.</summary>
    public IReadOnlyList<SeriesMark> Marks => [.. SeriesMarks.Of(_readings.Select(Sighting.Of), scale).Where(mark => mark.End >= from.ToUnixTimeMilliseconds())];

    private List<SeriesStretch> Each => _each ??= [.. SeriesStretch.Each(_readings, scale)];

    private List<SeriesStretch> Buckets => _buckets ??= scale.DrawsEach ? Each : [.. SeriesStretch.Buckets(_readings, scale)];

    /// <summary>For a chart of one metric: a value a stretch, true over the whole of it, with the extremes met inside.</summary>
    public IReadOnlyList<SeriesPoint> Line(Metric metric)
    {
        var first = ReadingBuckets.StartOf(from.ToUnixTimeMilliseconds(), (long)scale.Bucket.TotalMilliseconds);
        var points = new List<SeriesPoint>(ChartScale.MaxPoints);
        foreach (var (stretch, value) in Values(metric, Buckets, scale.Bucket, first))
        {
            if (stretch.AfterGap)
            {
                points.Add(new(stretch.Time - 1, null));
            }

            points.Add(SeriesPoint.Of(stretch.Time, value));
        }

        return points;
    }

    /// <summary>For a chart of two metrics, which has no room for bands: of each stretch two readings, the lowest and the one with the highest extreme, so that no spike is lost.</summary>
    public IReadOnlyList<SeriesPoint> Envelope(Metric metric)
    {
        var step = (long)scale.PairBucket.TotalMilliseconds;
        var first = ReadingBuckets.StartOf(from.ToUnixTimeMilliseconds(), step);
        var decimator = new Decimator(scale.DrawsEach ? 0 : step);
        foreach (var (stretch, value) in Values(metric, Each, scale.DataStep, first))
        {
            decimator.Add(stretch.Time, value, stretch.AfterGap);
        }

        return decimator.Points();
    }

    private static IEnumerable<(SeriesStretch Stretch, MetricValue? Value)> Values(Metric metric, List<SeriesStretch> stretches, TimeSpan step, long first)
    {
        var trail = metric is DerivedMetric { Trailing: > 0 } derived ? new SeriesTrail(stretches, TimeSpan.FromSeconds(derived.Trailing), step) : null;
        for (var index = 0; index < stretches.Count; index++)
        {
            if (stretches[index].Time >= first)
            {
                yield return (stretches[index], metric.Over(trail?.At(index) ?? stretches[index].Reading));
            }
        }
    }

    /// <summary>A wall clock set back leaves readings out of order; a chart's axis only goes forward.</summary>
    private static IReadOnlyList<Reading> InOrder(IReadOnlyList<Reading> readings)
    {
        for (var i = 1; i < readings.Count; i++)
        {
            if (readings[i].At < readings[i - 1].At)
            {
                return [.. readings.OrderBy(reading => reading.At)];
            }
        }

        return readings;
    }
}
