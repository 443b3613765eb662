using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History.Columns;

/// <summary>
/// A gauge's columns: its last value; the seconds it was known for where they differ from the row's; its weighted sum, its least and its
/// greatest where it moved inside the row, else none of the three.
/// </summary>
internal sealed class GaugeColumns(GaugeMetric metric) : MetricColumns
{
    public override IReadOnlyList<(string Name, string Type)> Columns { get; } =
    [
        ($"{metric.Id}.last", "REAL"), ($"{metric.Id}.seconds", "REAL"),
        ($"{metric.Id}.sum", "REAL"), ($"{metric.Id}.min", "REAL"), ($"{metric.Id}.max", "REAL"),
    ];

    public override void Write(Reading reading, PreparedStatement into, int first)
    {
        var cell = reading.Gauges[metric.Slot];
        var known = cell.Seconds > 0;
        var moved = known && cell != GaugeCell.Of(cell.Last, cell.Seconds);
        into.Bind(first, known ? cell.Last : null)
            .Bind(first + 1, known ? Unless(cell.Seconds, reading.Held) : null)
            .Bind(first + 2, moved ? cell.Sum : null)
            .Bind(first + 3, moved ? cell.Min : null)
            .Bind(first + 4, moved ? cell.Max : null);
    }

    public override void Read(PreparedStatement row, int first, Reading reading)
    {
        if (row.Number(first) is not { } last)
        {
            return;
        }

        var seconds = row.Number(first + 1) ?? reading.Held;
        reading.Gauges[metric.Slot] = row.Number(first + 2) is { } sum
            ? new(row.Number(first + 3) ?? last, row.Number(first + 4) ?? last, last, sum, seconds)
            : GaugeCell.Of(last, seconds);
    }
}
