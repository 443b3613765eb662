using System.Globalization;
using System.Runtime.CompilerServices;
using Dashboard.Audit.Chain;
using Dashboard.Storage;

namespace Dashboard.Audit.Reading;

/// <summary>Sends the audit log as a file to download: the rows of a filter, newest first, read and sent a part at a time.</summary>
internal sealed class AuditExport(AuditQuery query, TimeProvider time)
{
    /// <summary>Rows in one file at most. The file's name and its last line say what is left out.</summary>
    public const int Most = 100_000;

    private const int PartSize = 500;

    public Task CsvAsync(HttpContext context, AuditFilter filter) =>
        SendAsync(context, filter, "csv", "text/csv; charset=utf-8", AuditExportFormat.WriteCsvAsync);

    public Task JsonAsync(HttpContext context, AuditFilter filter) =>
        SendAsync(context, filter, "json", "application/json; charset=utf-8", AuditExportFormat.WriteJsonAsync);

    private async Task SendAsync(
        HttpContext context, AuditFilter filter, string ending, string type,
        Func<TextWriter, IAsyncEnumerable<AuditRow>, string?, Task> write)
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
            await context.Response.WriteAsync(refused.Failure.Why, cancel);
            return;
        }

        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition =
            $"attachment; filename=\"audit-{now.UtcDateTime:yyyyMMdd-HHmmss}{(leftOut is null ? "" : "-newest")}.{ending}\"";
        context.Response.Headers.CacheControl = "no-store";
        await using var writer = new StreamWriter(context.Response.Body);
        await write(writer, RowsAsync(filter, first, cancel), leftOut);
    }

    /// <summary>Where a later part cannot be read, the response is cut short, which a browser reports as a failed download.</summary>
    private async IAsyncEnumerable<AuditRow> RowsAsync(
        AuditFilter filter, AuditSlice slice, [EnumeratorCancellation] CancellationToken cancel)
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
        CultureInfo.InvariantCulture, $"{count - Most} older rows of {count} are left out: a file holds at most {Most}. "
            + $"Narrow the time with from and to.");
}
