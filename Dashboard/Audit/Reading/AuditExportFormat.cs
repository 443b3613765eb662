using System.Globalization;
using System.Text.Json;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Text;

namespace Dashboard.Audit.Reading;

/// <summary>Writes audit rows as CSV or JSON, in one pass. What is left out is said in the last line.</summary>
internal static class AuditExportFormat
{
    private static readonly string[] Columns =
    [
        "sequence", "time", "kind", "act", "replica", "actor", "address", "action", "subject", "instance", "run_id", "database", "counts",
        "reason", "result", "detail", "previous", "hash",
    ];

    /// <param name="leftOut">A sentence about the rows that are not in the file; null when all are.</param>
    public static async Task WriteCsvAsync(TextWriter writer, IAsyncEnumerable<AuditRow> rows, string? leftOut)
    {
        await writer.WriteAsync(SafeCsv.Line(Columns));
        await foreach (var row in rows)
        {
            await writer.WriteAsync(SafeCsv.Line(Cells(row)));
        }

        if (leftOut is not null)
        {
            await writer.WriteAsync(SafeCsv.Line([leftOut]));
        }
    }

    /// <inheritdoc cref="WriteCsvAsync"/>
    public static async Task WriteJsonAsync(TextWriter writer, IAsyncEnumerable<AuditRow> rows, string? leftOut)
    {
        await writer.WriteAsync("{\"rows\":[");
        var separator = "\n";
        await foreach (var row in rows)
        {
            var cells = Columns.Zip(Cells(row), (name, cell) => (name, Value: Json(name, cell)))
                .ToDictionary(cell => cell.name, cell => cell.Value);
            await writer.WriteAsync(separator + JsonSerializer.Serialize(cells));
            separator = ",\n";
        }

        await writer.WriteAsync($"\n],\"leftOut\":{JsonSerializer.Serialize(leftOut)}}}\n");
    }

    private static string?[] Cells(AuditRow row) =>
    [
        Text(row.Sequence), row.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), row.Kind, row.Act,
        row.Replica, row.Actor, row.Address, row.Action,
        row.Subject, row.Instance, row.RunId, row.Database is { } database ? Text(database) : null, row.Counts, row.Reason, row.Result,
        row.Detail,
        Convert.ToHexStringLower(row.Previous), Convert.ToHexStringLower(row.Hash),
    ];

    /// <summary>Numbers as numbers and counts as an object; where counts cannot be read, the text as it is.</summary>
    private static object? Json(string column, string? cell) => column switch
    {
        "sequence" or "database" when cell is not null => long.Parse(cell, CultureInfo.InvariantCulture),
        "counts" when cell is not null && CountsJson.Of(cell) is { } counts => counts,
        _ => cell,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
