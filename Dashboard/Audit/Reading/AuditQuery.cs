using System.Data.Common;
using Dapper;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Audit.Reading;

/// <summary>Reads the rows of a filter, a bounded number at a time.</summary>
internal sealed class AuditQuery(IConsoleStore store, TimeProvider time)
{
    /// <summary>How long a reader waits for the file.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    /// <summary>How many acts a listing counts and pages through; a filter finds what lies beyond.</summary>
    public const int MaxListed = 10_000;

    /// <summary>Of the rows of an act, a listing shows the last one only.</summary>
    private const string IsLastOfAct = "NOT EXISTS (SELECT 1 FROM audit AS later WHERE later.act = audit.act "
        + "AND later.sequence > audit.sequence AND later.sequence < @before)";

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

    /// <summary>Reads one page of the acts of a filter: the begin of an act and its result are one.</summary>
    /// <param name="before">
    /// The sequence below which rows are read, so that pages stay as they are while rows are added; null reads all.
    /// </param>
    /// <param name="page">From 0. Beyond the last page there are no acts.</param>
    /// <param name="size">The maximum number of acts of a page.</param>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<AuditListing> ListAsync(
        AuditFilter filter, AuditOrder order, long? before, int page, int size, CancellationToken cancel) =>
        BoundedAsync(
            connection =>
            {
                var newest = AuditRows.Newest(connection);
                var parameters = Parameters(filter);
                parameters.Add("before", before ?? newest + 1);
                parameters.Add("limit", Math.Clamp(MaxListed - ((long)page * size), 0, size));
                parameters.Add("offset", (long)page * size);
                parameters.Add("most", MaxListed + 1);
                var of = $"FROM audit WHERE sequence < @before AND {IsLastOfAct} AND {Where}";
                var total = connection.ExecuteScalar<int>($"SELECT count(*) FROM (SELECT 1 {of} LIMIT @most) AS listed", parameters);
                var rows = connection.Query<AuditRow>(
                    $"SELECT {AuditRows.Columns} {of} ORDER BY {order.Sql} LIMIT @limit OFFSET @offset", parameters).AsList();
                return new AuditListing(WithBegins(connection, rows), Math.Min(total, MaxListed), total > MaxListed, newest);
            },
            cancel);

    private static List<AuditAct> WithBegins(DbConnection connection, List<AuditRow> rows)
    {
        var acts = rows.Where(row => row.Act is not null && row.Kind != AuditKind.Intent).Select(row => row.Act!).ToArray();
        var begins = acts.Length == 0
            ? []
            : connection.Query<AuditRow>(
                $"SELECT {AuditRows.Columns} FROM audit WHERE kind = @kind AND act IN @acts", new { kind = AuditKind.Intent, acts })
                .ToDictionary(row => row.Act!, row => row.Time);
        return rows.ConvertAll(
            row => new AuditAct(row, row.Act is { } act && begins.TryGetValue(act, out var begun) ? begun : null));
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
        actor = Pattern(filter.Actor),
        action = Pattern(filter.Action),
        instance = filter.Instance?.Value,
        result = filter.Result is { } result ? AuditText.Of(result) : null,
        from = filter.From?.ToUnixTimeMilliseconds(),
        to = filter.To?.ToUnixTimeMilliseconds(),
        text = Pattern(filter.Text),
    });

    private string Like(string column, string parameter) => store.Dialect.Like(column, parameter);

    private static string? Pattern(string? text) => text is null
        ? null
        : "%"
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
