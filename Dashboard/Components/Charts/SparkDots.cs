namespace Dashboard.Components.Charts;

/// <summary>Lays values out over a width, thinned where there are more than pixels.</summary>
internal static class SparkDots
{
    /// <summary>
    /// Left to right. Up to <paramref name="width"/> values are kept as they are; of more, the lowest and highest of each step are, and a
    /// gap only where a whole step is unknown.
    /// </summary>
    public static IReadOnlyList<SparkDot> Of(IReadOnlyList<double?> values, int width)
    {
        var pace = values.Count < 2 ? 0 : (double)width / (values.Count - 1);
        var step = values.Count <= width ? 1 : (int)Math.Ceiling(2.0 * values.Count / width);
        return [.. Enumerable.Range(0, (values.Count + step - 1) / step).SelectMany(bucket => Bucket(values, bucket * step, step, pace))];
    }

    private static IEnumerable<SparkDot> Bucket(IReadOnlyList<double?> values, int start, int step, double pace)
    {
        var known = Enumerable.Range(start, Math.Min(step, values.Count - start))
            .Where(i => values[i] is { } value && double.IsFinite(value)).ToArray();
        return known.Length == 0
            ? [new(start * pace, null)]
            : new[] { known.MinBy(i => values[i]), known.MaxBy(i => values[i]) }.Distinct().Order()
                .Select(i => new SparkDot(i * pace, values[i]));
    }
}
