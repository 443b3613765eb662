using Dashboard.History.Columns;
using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>The rows of one tier, for the writer.</summary>
internal sealed class ReadingTable(SqliteConnection connection, Tier tier, Epochs epochs, ReadingColumns columns) : IDisposable
{
    private readonly PreparedStatement _add = new(connection, $"INSERT OR IGNORE INTO {tier.Table} ({columns.Names}) VALUES "
        + $"({columns.Parameters})");
    private readonly PreparedStatement _put = new(connection, $"INSERT OR REPLACE INTO {tier.Table} ({columns.Names}) VALUES "
        + $"({columns.Parameters})");
    private readonly PreparedStatement _prune = new(connection, $"""
        DELETE FROM {tier.Table} WHERE rowid IN (
            SELECT rowid FROM {tier.Table} WHERE instance = ?1 AND at < ?2 ORDER BY at LIMIT ?3)
        """);

    public Tier Tier => tier;

    public ReadingRows Rows { get; } = new(connection, tier, epochs, columns);

    /// <returns>False when the row was there already; it stays as it is.</returns>
    public bool Add(long instance, Reading reading)
    {
        columns.Write(_add, instance, epochs.NumberOf(reading), reading);
        return _add.Run() > 0;
    }

    /// <summary>Writes a row in place of the one of the same time, if there is one.</summary>
    public void Put(long instance, Reading reading)
    {
        columns.Write(_put, instance, epochs.NumberOf(reading), reading);
        _put.Run();
    }

    /// <summary>Removes the oldest rows before <paramref name="before"/> (unix milliseconds), at most <paramref name="limit"/>.</summary>
    /// <returns>How many were removed.</returns>
    public int Prune(long instance, long before, int limit) => _prune.Bind(1, instance).Bind(2, before).Bind(3, (long)limit).Run();

    public void Dispose()
    {
        _add.Dispose();
        _put.Dispose();
        _prune.Dispose();
        Rows.Dispose();
    }
}
