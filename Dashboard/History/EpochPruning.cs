using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>
/// Removes the server processes that no row refers to any more: a server that reports another run_id at every poll leaves at most one per
/// row, and <see cref="Spare"/> more.
/// </summary>
/// <remarks>
/// Once there are that many new processes, all rows are scanned for the processes that they refer to, and then the others are removed, some
/// thousand per step so that readings need not wait. <see cref="Epochs.Used"/> collects the processes of rows written in the meantime. The
/// result of the scan is kept in memory, one number for each process found. It begins again when the file is opened again.
/// </remarks>
internal sealed class EpochPruning(SqliteConnection connection, Epochs epochs, IReadOnlyList<ReadingTable> tables) : IDisposable
{
    /// <summary>The number of new processes at which rows are scanned for those still needed.</summary>
    public const int Spare = 10_000;

    /// <summary>The most processes that are checked, and removed, in one step.</summary>
    public const int MaxRemoved = 2_000;

    /// <summary>The most rows that are scanned in one step.</summary>
    private const int MaxRowsScanned = 5_000;

    private readonly PreparedStatement _newest = new(connection, "SELECT max(number) FROM epochs");
    private readonly PreparedStatement _next = new(connection, "SELECT number FROM epochs WHERE number > ?1 AND number < ?2 ORDER BY "
        + "number LIMIT ?3");
    private readonly PreparedStatement _remove = new(connection, "DELETE FROM epochs WHERE number = ?1");

    /// <summary>The newest process when rows were last scanned: those before it are needed.</summary>
    private long _kept;

    /// <summary>The newest process when the scan began. It stays, so that its number is not used again.</summary>
    private long _end;

    private int _table;
    private long _row;
    private long _number;

    /// <summary>Does one step, in the transaction of the caller.</summary>
    /// <returns>False when more is left to do.</returns>
    public bool Step()
    {
        if (epochs.Used is null && !TryBegin())
        {
            return true;
        }

        if (_table < tables.Count)
        {
            ScanRows();
            return false;
        }

        return Remove();
    }

    public void Dispose()
    {
        _newest.Dispose();
        _next.Dispose();
        _remove.Dispose();
    }

    private bool TryBegin()
    {
        _end = _newest.Next() ? _newest.Integer(0) : 0;
        _newest.Reset();
        if (_end - _kept <= Spare)
        {
            return false;
        }

        (epochs.Used, _table, _row, _number) = ([], 0, long.MinValue, long.MinValue);
        return true;
    }

    private void ScanRows()
    {
        if (tables[_table].Rows.AddEpochs(epochs.Used!, ref _row, MaxRowsScanned) < MaxRowsScanned)
        {
            (_table, _row) = (_table + 1, long.MinValue);
        }
    }

    private bool Remove()
    {
        var numbers = new List<long>();
        _next.Bind(1, _number).Bind(2, _end).Bind(3, (long)MaxRemoved);
        while (_next.Next())
        {
            numbers.Add(_next.Integer(0));
        }

        foreach (var number in numbers.Where(number => !epochs.Used!.Contains(number)))
        {
            _remove.Bind(1, number).Run();
        }

        epochs.Forget();
        if (numbers.Count == MaxRemoved)
        {
            _number = numbers[^1];
            return false;
        }

        (epochs.Used, _kept) = (null, _end);
        return true;
    }
}
