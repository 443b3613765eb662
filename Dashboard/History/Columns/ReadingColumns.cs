using System.Collections.Immutable;
using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History.Columns;

/// <summary>The columns of a row for some metrics, and how a reading is written to and read from them.</summary>
internal sealed class ReadingColumns
{
    /// <summary>Columns before those of metrics: instance, at, epoch, marks, covered, held.</summary>
    private const int FixedColumns = 6;

    private readonly MetricColumns[] _metrics;
    private readonly int[] _offsets;

    /// <param name="metrics">A derived metric stands for those from which it is computed.</param>
    public ReadingColumns(IEnumerable<Metric> metrics)
    {
        _metrics = [.. metrics.SelectMany(Stored).Distinct().Select(MetricColumns.Of)];
        _offsets = new int[_metrics.Length];
        for (var i = 1; i < _metrics.Length; i++)
        {
            _offsets[i] = _offsets[i - 1] + _metrics[i - 1].Columns.Count;
        }

        Columns = [.. _metrics.SelectMany(metric => metric.Columns)];
        Names =
            string.Join(
                ", ",
                ((string[])["instance", "at", "epoch", "marks", "covered", "held"]).Concat(Columns.Select(column => $"\"{column.Name}\"")));
        Parameters = string.Join(", ", Enumerable.Range(1, FixedColumns + Columns.Length).Select(number => $"?{number}"));
    }

    /// <summary>The columns of every stored metric.</summary>
    public static ReadingColumns All { get; } = new(MetricCatalog.All);

    /// <summary>The metrics' columns only, name and declared type.</summary>
    public ImmutableArray<(string Name, string Type)> Columns { get; }

    /// <summary>All columns, for a statement.</summary>
    public string Names { get; }

    /// <summary>The same number of parameters, numbered.</summary>
    public string Parameters { get; }

    /// <param name="epoch">The number of the reading's epoch; null when unknown.</param>
    public void Write(PreparedStatement into, long instance, long? epoch, Reading reading)
    {
        into.Bind(1, instance).Bind(2, reading.At.ToUnixTimeMilliseconds()).Bind(3, epoch).Bind(4, (long)reading.Marks)
            .Bind(5, reading.Covered).Bind(6, reading.Held);
        for (var i = 0; i < _metrics.Length; i++)
        {
            _metrics[i].Write(reading, into, FixedColumns + _offsets[i] + 1);
        }
    }

    /// <param name="epochOf">Finds an epoch's run_id by its number.</param>
    public Reading Read(PreparedStatement row, Func<long, string?> epochOf)
    {
        var reading = Reading.Nothing(DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(1))) with
        {
            Epoch = row.IsNull(2) ? null : epochOf(row.Integer(2)),
            Marks = (ReadingFlags)row.Integer(3),
            Covered = row.Number(4) ?? 0,
            Held = row.Number(5) ?? 0,
        };
        for (var i = 0; i < _metrics.Length; i++)
        {
            _metrics[i].Read(row, FixedColumns + _offsets[i], reading);
        }

        return reading;
    }

    private static IEnumerable<Metric> Stored(Metric metric) =>
        metric is DerivedMetric derived ? derived.Parts.Select(MetricCatalog.Get) : [metric];
}
