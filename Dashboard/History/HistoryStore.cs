using System.Collections.Immutable;
using Dapper;
using Dashboard.History.Columns;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>
/// history.db, opened by its only writer. After an exception, dispose of it and open it again: what it remembers may be ahead of the file.
/// </summary>
internal sealed class HistoryStore : IDisposable
{
    /// <summary>The folder of the scripts that create its tables.</summary>
    private const string Scripts = "HistoryTables";

    private readonly SqliteConnection _connection;
    private readonly Epochs _epochs;
    private readonly ImmutableArray<ReadingTable> _tables;
    private readonly RollUp _rollUp;
    private readonly EpochPruning _epochPruning;
    private readonly Dictionary<InstanceId, long> _instances;

    private HistoryStore(SqliteConnection connection)
    {
        _connection = connection;
        _epochs = new(connection);
        _tables = [.. Tier.All.Select(tier => new ReadingTable(connection, tier, _epochs, ReadingColumns.All))];
        _rollUp = new(_tables);
        _epochPruning = new(connection, _epochs, _tables);
        _instances = connection.Query<(long Number, string Id)>("SELECT number, id FROM instances")
            .Where(row => InstanceId.Parse(row.Id) is not null)
            .ToDictionary(row => InstanceId.Of(row.Id), row => row.Number);
    }

    /// <summary>Opens the file, creates it where it is missing, and upgrades it for this version.</summary>
    /// <exception cref="SqliteException">It cannot be used now, or is damaged: <see cref="SqliteFailure.Of"/> distinguishes the
    /// two.</exception>
    public static HistoryStore Open(SqliteFile file)
    {
        var connection = file.OpenToWrite();
        try
        {
            Schema.Upgrade(connection, Scripts, ReadingColumns.All.Columns);
            foreach (var tier in Tier.All)
            {
                Schema.AddColumns(connection, tier.Table, ReadingColumns.All.Columns);
            }

            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes readings and rolls up what they complete, all or nothing. A reading that was written before stays as it is.
    /// </summary>
    public void Write(IReadOnlyCollection<HistoryEntry> entries)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var group in entries.GroupBy(entry => entry.Instance))
        {
            Write(NumberOf(group.Key), group.Select(entry => entry.Reading));
        }

        transaction.Commit();
    }

    /// <summary>Checks the whole file; takes about a second for 500 MB.</summary>
    /// <exception cref="SqliteException">It is damaged.</exception>
    public void Check()
    {
        if (_connection.QueryFirst<string>("PRAGMA quick_check(1)") is not "ok" and var fault)
        {
            throw new SqliteException(fault, SQLitePCL.raw.SQLITE_CORRUPT);
        }
    }

    /// <summary>Removes a small part of what is too old or too much.</summary>
    /// <param name="maxBytes">The most that the file may take.</param>
    /// <returns>False when more is left to remove.</returns>
    public bool Prune(DateTimeOffset now, long maxBytes)
    {
        using var transaction = _connection.BeginTransaction();
        var pruning = new Pruning(_connection, _tables, _rollUp, _epochPruning);
        var done = pruning.Run(_instances.Values, now.ToUnixTimeMilliseconds(), maxBytes);
        transaction.Commit();
        pruning.ReturnFreePages();
        return done;
    }

    public void Dispose()
    {
        foreach (var table in _tables)
        {
            table.Dispose();
        }

        _epochPruning.Dispose();
        _epochs.Dispose();
        _connection.Dispose();
    }

    private void Write(long instance, IEnumerable<Reading> readings)
    {
        var newest = long.MinValue;
        foreach (var reading in readings)
        {
            newest = Math.Max(newest, reading.At.ToUnixTimeMilliseconds());
            if (_tables[0].Add(instance, reading))
            {
                _rollUp.Include(instance, reading);
            }
        }

        _rollUp.To(instance, newest);
    }

    private long NumberOf(InstanceId id)
    {
        if (!_instances.TryGetValue(id, out var number))
        {
            _connection.Execute("INSERT OR IGNORE INTO instances (id) VALUES (@id)", new { id = id.Value });
            _instances[id] = number = _connection.QuerySingle<long>("SELECT number FROM instances WHERE id = @id", new { id = id.Value });
        }

        return number;
    }
}
