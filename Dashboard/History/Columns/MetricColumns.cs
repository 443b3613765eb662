using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History.Columns;

/// <summary>
/// The columns that one metric has in a row. NULL in a column after the first means that the value follows from the others, so that a
/// metric that does not change costs one byte per column.
/// </summary>
internal abstract class MetricColumns
{
    /// <summary>Name and declared type, named <c>metric id.part</c>.</summary>
    public abstract IReadOnlyList<(string Name, string Type)> Columns { get; }

    /// <summary>Binds this metric's part of a reading to the parameters from <paramref name="first"/> on.</summary>
    public abstract void Write(Reading reading, PreparedStatement into, int first);

    /// <summary>Reads the columns from <paramref name="first"/> on into the reading's cells.</summary>
    public abstract void Read(PreparedStatement row, int first, Reading reading);

    /// <exception cref="ArgumentException">The metric is computed, not stored.</exception>
    public static MetricColumns Of(Metric metric) => metric switch
    {
        CounterMetric counter => new CounterColumns(counter),
        GaugeMetric gauge => new GaugeColumns(gauge),
        DurationMetric duration => new DurationColumns(duration),
        _ => throw new ArgumentException($"'{metric.Id}' is computed from other metrics and not stored.", nameof(metric)),
    };

    /// <returns>Null where the value is the one that a reader would assume.</returns>
    protected static double? Unless(double value, double assumed) => value.Equals(assumed) ? null : value;
}
