using System.Data.Common;
using Dapper;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Audit.Reading;

/// <summary>Reads the rows of a filter, newest first and a bounded number at a time.</summary>
internal sealed class AuditQuery(IConsoleStore store, TimeProvider time)
{
    /// <summary>How long a reader waits for the file.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private static readonly string[] Texts = ["subject", "reason", "detail", "address", "run_id"];

    private string Where =>
        $"(@actor IS NULL OR {Like("actor", "@actor")}) AND (@action IS NULL OR {Like("action", "@action")}) AND (@instance IS NULL OR "
            + $"instance = @instance) "
        + "AND (@result IS NULL OR result = @result) AND (@from IS NULL OR at >= @from) AND (@to IS NULL OR at < @to) "
        + $"AND (@text IS NULL OR {string.Join(" OR ", Texts.Select(column => Like(column, "@text")))})";

    /// <param name="before">The sequence below which rows are read; null begins with the newest.</param>
    /// <param name="size">The maximum number of rows.</param>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public async Task<AuditSlice> PartAsync(AuditFilter filter, long? before, int size, CancellationToken cancel)
    {
        var rows = await BoundedAsync(connection => Read(connection, filter, before ?? long.MaxValue, size + 1), cancel);
        return rows.Count > size ? new(rows[..size], rows[size - 1].Sequence) : new(rows, null);
    }

    /// <summary>Whether there are newer rows of the filter. Only the rows above <paramref name="after"/> are searched.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<bool> HasAfterAsync(AuditFilter filter, long after, CancellationToken cancel)
    {
        var parameters = Parameters(filter);
        parameters.Add("after", after);
        return BoundedAsync(
            connection => connection.ExecuteScalar<bool>(
                $"SELECT EXISTS (SELECT 1 FROM audit WHERE sequence > @after AND {Where})", parameters), cancel);
    }

    /// <summary>Counts the rows of the filter.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<long> CountAsync(AuditFilter filter, CancellationToken cancel) =>
        BoundedAsync(connection => connection.ExecuteScalar<long>($"SELECT count(*) FROM audit WHERE {Where}", Parameters(filter)), cancel);

    private List<AuditRow> Read(DbConnection connection, AuditFilter filter, long before, int limit)
    {
        var parameters = Parameters(filter);
        parameters.Add("before", before);
        parameters.Add("limit", limit);
        return connection.Query<AuditRow>(
            $"SELECT {AuditRows.Columns} FROM audit WHERE sequence < @before AND {Where} ORDER BY sequence DESC LIMIT @limit", parameters)
                .AsList();
    }

    private static DynamicParameters Parameters(AuditFilter filter) => new(new
    {
        actor = Pattern(filter.Actor, "%"),
        action = Pattern(filter.Action, ""),
        instance = filter.Instance?.Value,
        result = filter.Result is { } result ? AuditText.Of(result) : null,
        from = filter.From?.ToUnixTimeMilliseconds(),
        to = filter.To?.ToUnixTimeMilliseconds(),
        text = Pattern(filter.Text, "%"),
    });

    private string Like(string column, string parameter) => store.Dialect.Like(column, parameter);

    private static string? Pattern(string? text, string before) => text is null
        ? null
        : before
            + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
                .Replace("_", "\\_", StringComparison.Ordinal) + "%";

    /// <summary>Reads within the time limit. When the caller stops waiting, the statement ends.</summary>
    private async Task<T> BoundedAsync<T>(Func<DbConnection, T> read, CancellationToken cancel)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            return await store.ReadAsync(read, linked.Token).WaitAsync(MaxWait, time, cancel);
        }
        catch (TimeoutException)
        {
            throw new StoreException(new(false, $"{store.Location} did not answer within {MaxWait.TotalSeconds:0} s."));
        }
        finally
        {
            await linked.CancelAsync();
        }
    }
}
