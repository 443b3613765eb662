namespace Dashboard.Metrics;

/// <summary>Compares readings by their content, because records compare their arrays by reference.</summary>
internal static class SameReading
{
    /// <summary>Asserts equality to the last bit; times are compared to the millisecond, as history keeps them.</summary>
    public static void Exactly(Reading expected, Reading actual)
    {
        Assert.Equal(expected.At.ToUnixTimeMilliseconds(), actual.At.ToUnixTimeMilliseconds());
        Assert.Equal(
            (expected.Epoch, expected.Marks, expected.Covered, expected.Held), (actual.Epoch, actual.Marks, actual.Covered, actual.Held));
        Assert.Equal(expected.Counters, actual.Counters);
        Assert.Equal(expected.Gauges, actual.Gauges);
        Assert.Equal(expected.Durations.Select(Text), actual.Durations.Select(Text));
    }

    public static void Exactly(IReadOnlyList<Reading> expected, IReadOnlyList<Reading> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Exactly(expected[i], actual[i]);
        }
    }

    /// <summary>
    /// Asserts that every metric has the same values, except for the last digits, which depend on the order of additions.
    /// </summary>
    public static void Approximately(Reading expected, Reading actual)
    {
        Assert.Equal((expected.Epoch, expected.Marks), (actual.Epoch, actual.Marks));
        foreach (var metric in MetricCatalog.All)
        {
            var (a, b) = (metric.Over(expected), metric.Over(actual));
            Assert.True(Close(a?.Value, b?.Value) && Close(a?.Min, b?.Min) && Close(a?.Max, b?.Max), $"{metric.Id}: expected {a}, was {b}");
        }
    }

    private static bool Close(double? a, double? b) =>
        a is null ? b is null : b is { } other && Math.Abs(a.Value - other) <= 1e-9 * Math.Max(1, Math.Abs(a.Value));

    private static string Text(DurationCell cell) => $"{cell.Max:R} {(cell.Known ? string.Join(' ', cell.Counts) : "none")}";
}
