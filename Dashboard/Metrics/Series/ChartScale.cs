namespace Dashboard.Metrics.Series;

/// <summary>
/// How finely a chart is drawn: every reading, or stretches of several, so that at most <see cref="MaxPoints"/> values are drawn.
/// </summary>
/// <param name="DataStep">The usual time between two readings.</param>
/// <param name="Bucket">The stretch that one point stands for on a chart of one line; <paramref name="DataStep"/> where every reading is
/// drawn.</param>
/// <param name="PairBucket">The stretch that two points of a line stand for on a chart of two lines; likewise.</param>
public sealed record ChartScale(TimeSpan DataStep, TimeSpan Bucket, TimeSpan PairBucket)
{
    /// <summary>With more points a browser draws too slowly, and no screen shows them.</summary>
    public const int MaxPoints = 600;

    /// <summary>Readings further apart than this many usual steps have a gap between them.</summary>
    private const double GapSteps = 2.5;

    private static readonly TimeSpan LongestTrail = TimeSpan.FromSeconds(MetricCatalog.Derived.Max(metric => metric.Trailing));

    public bool DrawsEach => Bucket == DataStep;

    /// <param name="length">The length of the time axis.</param>
    /// <param name="dataStep">The tier's step, or the poll interval where that is longer.</param>
    public static ChartScale For(TimeSpan length, TimeSpan dataStep) =>
        length <= dataStep * MaxPoints
            ? new(dataStep, dataStep, dataStep)
            // One stretch more than fits begins at either end of the axis.
            : new(
                dataStep, dataStep * Math.Ceiling(length / dataStep / (MaxPoints - 1)),
                dataStep * Math.Ceiling(length / dataStep / ((MaxPoints / 2) - 1)));

    /// <summary>Whether nothing is known between two readings that follow each other.</summary>
    public bool IsGap(DateTimeOffset before, DateTimeOffset after) => after - before > DataStep * GapSteps;

    /// <summary>
    /// The time from which points must be computed again when readings were added after <paramref name="newest"/>: the new points replace
    /// all drawn ones from the first new one on.
    /// </summary>
    public DateTimeOffset TailFrom(DateTimeOffset newest)
    {
        var step = (long)PairBucket.TotalMilliseconds;
        return DateTimeOffset.FromUnixTimeMilliseconds(ReadingBuckets.StartOf(newest.ToUnixTimeMilliseconds(), step) - step);
    }

    /// <summary>
    /// How early readings must begin so that points from <paramref name="from"/> on are right: the whole stretch that contains it, what a
    /// trailing metric looks back over, and what shows a gap.
    /// </summary>
    public DateTimeOffset ReadFrom(DateTimeOffset from) => from - PairBucket - Bucket - LongestTrail - (DataStep * GapSteps);
}
