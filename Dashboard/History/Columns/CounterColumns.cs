using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History.Columns;

/// <summary>
/// A counter's columns: its rise, the seconds that it covers where they differ from the row's, its peak rate where that differs from its
/// mean.
/// </summary>
internal sealed class CounterColumns(CounterMetric metric) : MetricColumns
{
    public override IReadOnlyList<(string Name, string Type)> Columns { get; } =
        [($"{metric.Id}.delta", "REAL"), ($"{metric.Id}.seconds", "REAL"), ($"{metric.Id}.peak", "REAL")];

    public override void Write(Reading reading, PreparedStatement into, int first)
    {
        var cell = reading.Counters[metric.Slot];
        var known = cell.Seconds > 0;
        into.Bind(first, known ? cell.Delta : null)
            .Bind(first + 1, known ? Unless(cell.Seconds, reading.Covered) : null)
            .Bind(first + 2, known ? Unless(cell.Peak, cell.Delta / cell.Seconds) : null);
    }

    public override void Read(PreparedStatement row, int first, Reading reading)
    {
        if (row.Number(first) is not { } delta)
        {
            return;
        }

        var seconds = row.Number(first + 1) ?? reading.Covered;
        reading.Counters[metric.Slot] = new(delta, seconds, row.Number(first + 2) ?? delta / seconds);
    }
}
