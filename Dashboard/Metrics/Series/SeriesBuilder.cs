namespace Dashboard.Metrics.Series;

/// <summary>
/// Turns readings into the points of charts. Stretches begin at whole multiples of their length, so the newest points can be computed
/// alone: <see cref="ChartScale.TailFrom"/>.
/// </summary>
/// <param name="readings">From <see cref="ChartScale.ReadFrom"/> on, oldest first.</param>
/// <param name="from">Points before it are left out.</param>
public sealed class SeriesBuilder(IReadOnlyList<Reading> readings, ChartScale scale, DateTimeOffset from)
{
    private readonly IReadOnlyList<Reading> _readings = InOrder(readings);
    private List<SeriesBucket>? _each;
    private List<SeriesBucket>? _buckets;

    /// <summary>Restarts, resets and gaps, oldest first.</summary>
    public IReadOnlyList<SeriesMark> Marks =>
        [.. SeriesMarks.Of(_readings.Select(ReadingMarker.Of), scale).Where(mark => mark.End >= from.ToUnixTimeMilliseconds())];

    private List<SeriesBucket> Each => _each ??= [.. SeriesBucket.Each(_readings, scale)];

    private List<SeriesBucket> Buckets => _buckets ??= scale.DrawsEach ? Each : [.. SeriesBucket.Buckets(_readings, scale)];

    /// <summary>
    /// The points for a chart of one metric: one value per stretch, computed over the whole of it, with the extremes inside.
    /// </summary>
    public IReadOnlyList<SeriesPoint> Line(Metric metric)
    {
        var first = ReadingBuckets.StartOf(from.ToUnixTimeMilliseconds(), (long)scale.Bucket.TotalMilliseconds);
        var points = new List<SeriesPoint>(ChartScale.MaxPoints);
        foreach (var (bucket, value) in Values(metric, Buckets, scale.Bucket, first))
        {
            if (bucket.AfterGap)
            {
                points.Add(new(bucket.Time - 1, null));
            }

            points.Add(SeriesPoint.Of(bucket.Time, value));
        }

        return points;
    }

    /// <summary>
    /// The points for a chart of two metrics, which has no room for bands: two readings of each stretch, the lowest and the one with the
    /// highest extreme, so that no spike is lost.
    /// </summary>
    public IReadOnlyList<SeriesPoint> Envelope(Metric metric)
    {
        var step = (long)scale.PairBucket.TotalMilliseconds;
        var first = ReadingBuckets.StartOf(from.ToUnixTimeMilliseconds(), step);
        var decimator = new Decimator(scale.DrawsEach ? 0 : step);
        foreach (var (bucket, value) in Values(metric, Each, scale.DataStep, first))
        {
            decimator.Add(bucket.Time, value, bucket.AfterGap);
        }

        return decimator.Points();
    }

    private static IEnumerable<(SeriesBucket Stretch, MetricValue? Value)> Values(
        Metric metric, List<SeriesBucket> stretches, TimeSpan step, long first)
    {
        var window = metric is DerivedMetric { Trailing: > 0 } derived
            ? new TrailingWindow(stretches, TimeSpan.FromSeconds(derived.Trailing), step)
            : null;
        for (var index = 0; index < stretches.Count; index++)
        {
            if (stretches[index].Time >= first)
            {
                yield return (stretches[index], metric.Over(window?.At(index) ?? stretches[index].Reading));
            }
        }
    }

    /// <summary>A wall clock that was set back leaves readings out of order; a chart's axis only goes forward.</summary>
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
