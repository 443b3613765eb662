using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History.Columns;

/// <summary>
/// A gauge's columns: its last value; the seconds for which it was known where they differ from the row's; its weighted sum, minimum and
/// maximum where it changed inside the row, otherwise none of the three.
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
        var changed = known && cell != GaugeCell.Of(cell.Last, cell.Seconds);
        into.Bind(first, known ? cell.Last : null)
            .Bind(first + 1, known ? Unless(cell.Seconds, reading.Held) : null)
            .Bind(first + 2, changed ? cell.Sum : null)
            .Bind(first + 3, changed ? cell.Min : null)
            .Bind(first + 4, changed ? cell.Max : null);
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
