using Dashboard.History.Columns;
using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>The rows of one tier, for reading.</summary>
internal sealed class ReadingRows(SqliteConnection connection, Tier tier, Epochs epochs, ReadingColumns columns) : IDisposable
{
    private readonly PreparedStatement _between = new(connection, $"SELECT {columns.Names} FROM {tier.Table} WHERE instance = ?1 AND at "
        + $">= ?2 AND at < ?3 ORDER BY at");
    private readonly PreparedStatement _newest = new(connection, $"SELECT max(at) FROM {tier.Table} WHERE instance = ?1");
    private readonly PreparedStatement _epochs = new(connection, $"SELECT rowid, epoch FROM {tier.Table} WHERE rowid > ?1 ORDER BY rowid "
        + $"LIMIT ?2");

    /// <summary>The rows from <paramref name="from"/> to before <paramref name="to"/> (unix milliseconds), oldest first.</summary>
    public List<Reading> Between(long instance, long from, long to)
    {
        _between.Bind(1, instance).Bind(2, from).Bind(3, to);
        var readings = new List<Reading>();
        while (_between.Next())
        {
            readings.Add(columns.Read(_between, epochs.RunIdOf));
        }

        return readings;
    }

    /// <returns>The newest row's time in unix milliseconds; null when there is none.</returns>
    public long? Newest(long instance)
    {
        _newest.Bind(1, instance);
        var newest = _newest.Next() && !_newest.IsNull(0) ? _newest.Integer(0) : (long?)null;
        _newest.Reset();
        return newest;
    }

    /// <summary>Collects the processes that rows of any instance refer to, by number.</summary>
    /// <param name="row">Rows after this one are read, in the order of the file; afterwards the last row that was read.</param>
    /// <param name="limit">The most rows to read.</param>
    /// <returns>How many rows were read.</returns>
    public int AddEpochs(HashSet<long> numbers, ref long row, int limit)
    {
        var read = 0;
        for (_epochs.Bind(1, row).Bind(2, (long)limit); _epochs.Next(); read++)
        {
            row = _epochs.Integer(0);
            if (!_epochs.IsNull(1))
            {
                numbers.Add(_epochs.Integer(1));
            }
        }

        return read;
    }

    public void Dispose()
    {
        _between.Dispose();
        _newest.Dispose();
        _epochs.Dispose();
    }
}
