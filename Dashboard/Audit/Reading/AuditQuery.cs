using Dapper;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Storage;
using Microsoft.Data.Sqlite;

namespace Dashboard.Audit.Reading;

/// <summary>Reads what a filter asks for, newest first and never more than a part at once.</summary>
internal sealed class AuditQuery(ConsoleStore store, TimeProvider time)
{
    /// <summary>How long a reader waits for the file.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    private const string Where =
        "(@actor IS NULL OR actor LIKE @actor ESCAPE '\\') AND (@action IS NULL OR action LIKE @action ESCAPE '\\') AND (@instance IS NULL OR instance = @instance) "
        + "AND (@result IS NULL OR result = @result) AND (@from IS NULL OR at >= @from) AND (@to IS NULL OR at < @to) "
        + "AND (@text IS NULL OR subject LIKE @text ESCAPE '\\' OR reason LIKE @text ESCAPE '\\' OR detail LIKE @text ESCAPE '\\' OR address LIKE @text ESCAPE '\\' OR run_id LIKE @text ESCAPE '\\')";

    private static readonly string PartSql = $"SELECT {AuditRows.Columns} FROM audit WHERE sequence < @before AND {Where} ORDER BY sequence DESC LIMIT @limit";

    /// <param name="before">Only rows below this sequence; null begins with the newest.</param>
    /// <param name="size">Rows at most.</param>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public async Task<AuditSlice> PartAsync(AuditFilter filter, long? before, int size, CancellationToken cancel)
    {
        var rows = await BoundedAsync(connection => Read(connection, filter, before ?? long.MaxValue, size + 1), cancel);
        return rows.Count > size ? new(rows[..size], rows[size - 1].Sequence) : new(rows, null);
    }

    /// <summary>How many there are.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<long> CountAsync(AuditFilter filter, CancellationToken cancel) =>
        BoundedAsync(connection => connection.ExecuteScalar<long>($"SELECT count(*) FROM audit WHERE {Where}", Parameters(filter)), cancel);

    private static List<AuditRow> Read(SqliteConnection connection, AuditFilter filter, long before, int limit)
    {
        var parameters = Parameters(filter);
        parameters.Add("before", before);
        parameters.Add("limit", limit);
        return connection.Query<AuditRow>(PartSql, parameters).AsList();
    }

    private static DynamicParameters Parameters(AuditFilter filter) => new(new
    {
        actor = Like(filter.Actor, "%"),
        action = Like(filter.Action, ""),
        instance = filter.Instance?.Value,
        result = filter.Result is { } result ? AuditText.Of(result) : null,
        from = filter.From?.ToUnixTimeMilliseconds(),
        to = filter.To?.ToUnixTimeMilliseconds(),
        text = Like(filter.Text, "%"),
    });

    private static string? Like(string? text, string before) => text is null
        ? null
        : before + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    /// <summary>Whoever waits no longer leaves nothing running behind.</summary>
    private async Task<T> BoundedAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancel)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            return await store.ReadAsync(read, gone.Token).WaitAsync(Most, time, cancel);
        }
        catch (TimeoutException)
        {
            throw new StoreException(new(false, $"{store.Path} did not answer within {Most.TotalSeconds:0} s."));
        }
        finally
        {
            await gone.CancelAsync();
        }
    }
}
