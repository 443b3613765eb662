using Dashboard.Metrics;
using Dashboard.Store;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>The rows of one tier, for reading.</summary>
internal sealed class ReadingRows(SqliteConnection connection, Tier tier, Epochs epochs, ReadingColumns columns) : IDisposable
{
    private readonly Statement _between = new(connection, $"SELECT {columns.Names} FROM {tier.Table} WHERE instance = ?1 AND at >= ?2 AND at < ?3 ORDER BY at");
    private readonly Statement _newest = new(connection, $"SELECT max(at) FROM {tier.Table} WHERE instance = ?1");

    /// <summary>From <paramref name="from"/> to before <paramref name="to"/> (unix milliseconds), oldest first.</summary>
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

    public void Dispose()
    {
        _between.Dispose();
        _newest.Dispose();
    }
}
