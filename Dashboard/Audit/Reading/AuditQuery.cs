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

    private const string IsBefore = "(@to IS NULL OR at < @to)";

    /// <summary>An act is in the time of a listing where it had begun by the end of it, although its last row may be later.</summary>
    private const string BeganBefore = "(@to IS NULL OR at < @to OR EXISTS (SELECT 1 FROM audit AS begun "
        + "WHERE begun.act = audit.act AND begun.kind = @intent AND begun.at < @to))";

    /// <summary>Of the rows of an act, a listing shows the last one only.</summary>
    private const string IsLastOfAct = "NOT EXISTS (SELECT 1 FROM audit AS later WHERE later.act = audit.act "
        + "AND later.sequence > audit.sequence AND later.sequence < @before)";

    private static readonly string[] Texts = ["subject", "reason", "detail", "address", "run_id", "actor", "action"];

    /// <summary>What a listing and a file select alike; they differ in what <c>to</c> means for an act.</summary>
    private string Where =>
        $"(@actor IS NULL OR {Like("actor", "@actor")}) "
        + $"AND (@action IS NULL OR {Like("action", "@action")} OR action IN @named) AND (@exactly IS NULL OR action = @exactly) "
        + "AND (@instance IS NULL OR instance = @instance) AND (@result IS NULL OR result = @result) AND (@from IS NULL OR at >= @from) "
        + $"AND (@text IS NULL OR action IN @spoken OR {string.Join(" OR ", Texts.Select(column => Like(column, "@text")))})";

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
    /// <param name="page">From 0; beyond the last page, that is read.</param>
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
                parameters.Add("intent", AuditKind.Intent);
                parameters.Add("most", MaxListed + 1);
                var of = $"FROM audit WHERE sequence < @before AND {IsLastOfAct} AND {BeganBefore} AND {Where}";
                var total = connection.ExecuteScalar<int>($"SELECT count(*) FROM (SELECT 1 {of} LIMIT @most) AS listed", parameters);
                var listed = Math.Min(total, MaxListed);
                var shown = Math.Clamp(page, 0, Math.Max(0, (listed - 1) / size));
                parameters.Add("limit", Math.Min(size, listed - (shown * size)));
                parameters.Add("offset", shown * size);
                var rows = connection.Query<AuditRow>(
                    $"SELECT {AuditRows.Columns} {of} ORDER BY {order.Sql} LIMIT @limit OFFSET @offset", parameters).AsList();
                return new AuditListing(WithBegins(connection, rows), shown, listed, total > MaxListed, newest);
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

    /// <summary>Whether there are rows after <paramref name="sequence"/>.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<bool> HasAfterAsync(long sequence, CancellationToken cancel) =>
        BoundedAsync(connection => AuditRows.Newest(connection) > sequence, cancel);

    /// <summary>Counts the rows of the filter.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<long> CountAsync(AuditFilter filter, CancellationToken cancel) =>
        BoundedAsync(
            connection => connection.ExecuteScalar<long>(
                $"SELECT count(*) FROM audit WHERE {IsBefore} AND {Where}", Parameters(filter)), cancel);

    private List<AuditRow> Read(DbConnection connection, AuditFilter filter, long before, int limit)
    {
        var parameters = Parameters(filter);
        parameters.Add("before", before);
        parameters.Add("limit", limit);
        return connection.Query<AuditRow>(
            $"SELECT {AuditRows.Columns} FROM audit WHERE sequence < @before AND {IsBefore} AND {Where} "
                + "ORDER BY sequence DESC LIMIT @limit", parameters)
                .AsList();
    }

    private static DynamicParameters Parameters(AuditFilter filter) => new(new
    {
        actor = Pattern(filter.Actor),
        // A chosen action is that one alone, although its id is a part of others'.
        exactly = filter.Action is { } id && AuditActionNames.IsKnown(id) ? id : null,
        action = filter.Action is { } part && !AuditActionNames.IsKnown(part) ? Pattern(part) : null,
        named = filter.Action is { } name && !AuditActionNames.IsKnown(name) ? AuditActionNames.Matching(name).ToArray() : [],
        instance = filter.Instance?.Value,
        result = filter.Result is { } result ? AuditText.Of(result) : null,
        from = filter.From?.ToUnixTimeMilliseconds(),
        to = filter.To?.ToUnixTimeMilliseconds(),
        text = Pattern(filter.Text),
        spoken = filter.Text is { } words ? AuditActionNames.Matching(words).ToArray() : [],
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
