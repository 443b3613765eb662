using System.Globalization;
using System.Text.Json;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Storage;
using Dashboard.Text;

namespace Dashboard.Audit.Reading;

/// <summary>The log as a file to take away: the rows of a filter, newest first, read and sent a part at a time.</summary>
internal sealed class AuditExport(AuditQuery query, TimeProvider time)
{
    /// <summary>Rows in one file at most; what is left out is told, in its name and in its last line.</summary>
    public const int Most = 100_000;

    private const int PartSize = 500;

    private static readonly string[] Columns =
    [
        "sequence", "time", "kind", "act", "replica", "actor", "address", "action", "subject", "instance", "run_id", "database", "counts",
        "reason", "result", "detail", "previous", "hash",
    ];

    public Task CsvAsync(HttpContext context, AuditFilter filter) =>
        SendAsync(context, filter, "csv", "text/csv; charset=utf-8", async (writer, rows, leftOut) =>
    {
        await writer.WriteAsync(SafeCsv.Line(Columns));
        await foreach (var row in rows)
        {
            await writer.WriteAsync(SafeCsv.Line(Cells(row)));
        }

        if (leftOut is { } note)
        {
            await writer.WriteAsync(SafeCsv.Line([note]));
        }
    });

    public Task JsonAsync(HttpContext context, AuditFilter filter) =>
        SendAsync(context, filter, "json", "application/json; charset=utf-8", async (writer, rows, leftOut) =>
    {
        await writer.WriteAsync("{\"rows\":[");
        var separator = "\n";
        await foreach (var row in rows)
        {
            await writer.WriteAsync(
                separator
                    + JsonSerializer.Serialize(
                        Columns.Zip(Cells(row), (name, cell) => (name, Value: Json(name, cell)))
                            .ToDictionary(cell => cell.name, cell => cell.Value)));
            separator = ",\n";
        }

        await writer.WriteAsync($"\n],\"leftOut\":{JsonSerializer.Serialize(leftOut)}}}\n");
    });

    private async Task SendAsync(
        HttpContext context, AuditFilter filter, string ending, string type,
        Func<TextWriter, IAsyncEnumerable<AuditRow>, string?, Task> send)
    {
        var cancel = context.RequestAborted;
        var now = time.GetUtcNow();
        AuditSlice first;
        string? leftOut;
        try
        {
            first = await query.PartAsync(filter, null, PartSize, cancel);
            leftOut = LeftOut(await query.CountAsync(filter, cancel));
        }
        catch (StoreException refused)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync(refused.Trouble.Why, cancel);
            return;
        }

        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition =
            $"attachment; filename=\"audit-{now.UtcDateTime:yyyyMMdd-HHmmss}{(leftOut is null ? "" : "-newest")}.{ending}\"";
        context.Response.Headers.CacheControl = "no-store";
        await using var writer = new StreamWriter(context.Response.Body);
        await send(writer, RowsAsync(filter, first, cancel), leftOut);
    }

    /// <summary>A file that fails on its way ends short, and the browser tells that the download failed.</summary>
    private async IAsyncEnumerable<AuditRow> RowsAsync(
        AuditFilter filter, AuditSlice slice, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (var sent = 0; ; slice = await query.PartAsync(filter, slice.Older, PartSize, cancel))
        {
            foreach (var row in slice.Rows.Take(Most - sent))
            {
                yield return row;
            }

            sent += slice.Rows.Count;
            if (slice.Older is null || sent >= Most)
            {
                yield break;
            }
        }
    }

    private static string? LeftOut(long count) => count <= Most ? null : string.Create(
        CultureInfo.InvariantCulture, $"{count - Most} older rows of {count} are left out: one file holds {Most}. Narrow the time with "
            + $"from and to.");

    private static string?[] Cells(AuditRow row) =>
    [
        Text(row.Sequence), row.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), row.Kind, row.Act,
        row.Replica, row.Actor, row.Address, row.Action,
        row.Subject, row.Instance, row.RunId, row.Database is { } database ? Text(database) : null, row.Counts, row.Reason, row.Result,
        row.Detail,
        Convert.ToHexStringLower(row.Previous), Convert.ToHexStringLower(row.Hash),
    ];

    /// <summary>Numbers as numbers, counts as the object they are; the file's own text where it is not what it should be.</summary>
    private static object? Json(string column, string? cell) => column switch
    {
        "sequence" or "database" when cell is not null => long.Parse(cell, CultureInfo.InvariantCulture),
        "counts" when cell is not null && CountsJson.Of(cell) is { } counts => counts,
        _ => cell,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
