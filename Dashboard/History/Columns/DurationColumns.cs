using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History.Columns;

/// <summary>A duration's columns: the longest, and the counts under each bound where there was more than one duration.</summary>
internal sealed class DurationColumns(DurationMetric metric) : MetricColumns
{
    public override IReadOnlyList<(string Name, string Type)> Columns { get; } =
        [($"{metric.Id}.max", "REAL"), ($"{metric.Id}.counts", "BLOB")];

    public override void Write(Reading reading, PreparedStatement into, int first)
    {
        var cell = reading.Durations[metric.Slot];
        var alone = !cell.Known || cell.Counts.AsSpan().SequenceEqual(DurationCell.Of(cell.Max).Counts.AsSpan());
        into.Bind(first, cell.Known ? cell.Max : null).Bind(first + 1, alone ? null : PackedCounts.Pack(cell.Counts));
    }

    public override void Read(PreparedStatement row, int first, Reading reading)
    {
        if (row.Number(first) is { } max)
        {
            reading.Durations[metric.Slot] = row.IsNull(first + 1)
                ? DurationCell.Of(max)
                : new(max, PackedCounts.Unpack(row.Blob(first + 1)));
        }
    }
}
