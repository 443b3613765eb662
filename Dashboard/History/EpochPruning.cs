using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>
/// Removes the server processes that no row is of any more: a server that names another at every poll leaves at most one a row, and
/// <see cref="Spare"/> more.
/// </summary>
/// <remarks>
/// Once there are so many new ones, all rows are looked at for the processes they are of, and then the others are removed, some thousand in
/// a step, so that readings need not wait. <see cref="Epochs.Used"/> tells of rows written meanwhile. What was looked at is kept in memory,
/// a number for each process found. It begins again when the file is opened again.
/// </remarks>
internal sealed class EpochPruning(SqliteConnection connection, Epochs epochs, IReadOnlyList<ReadingTable> tables) : IDisposable
{
    /// <summary>Processes met before rows are looked through for those still needed.</summary>
    public const int Spare = 10_000;

    /// <summary>Processes looked at, and removed, in one step.</summary>
    public const int MostRemoved = 2_000;

    /// <summary>Rows looked at in one step.</summary>
    private const int MostLooked = 5_000;

    private readonly PreparedStatement _newest = new(connection, "SELECT max(number) FROM epochs");
    private readonly PreparedStatement _next = new(connection, "SELECT number FROM epochs WHERE number > ?1 AND number < ?2 ORDER BY "
        + "number LIMIT ?3");
    private readonly PreparedStatement _remove = new(connection, "DELETE FROM epochs WHERE number = ?1");

    /// <summary>The newest process when rows were looked through last: those before it are needed.</summary>
    private long _kept;

    /// <summary>The newest process when looking began. It stays itself, so that its number is not given again.</summary>
    private long _end;

    private int _table;
    private long _row;
    private long _number;

    /// <summary>Goes one step on, in the transaction of the caller.</summary>
    /// <returns>False when more is left to do.</returns>
    public bool Step()
    {
        if (epochs.Used is null && !Begins())
        {
            return true;
        }

        if (_table < tables.Count)
        {
            Look();
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

    private bool Begins()
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

    private void Look()
    {
        if (tables[_table].Rows.AddEpochs(epochs.Used!, ref _row, MostLooked) < MostLooked)
        {
            (_table, _row) = (_table + 1, long.MinValue);
        }
    }

    private bool Remove()
    {
        var numbers = new List<long>();
        _next.Bind(1, _number).Bind(2, _end).Bind(3, (long)MostRemoved);
        while (_next.Next())
        {
            numbers.Add(_next.Integer(0));
        }

        foreach (var number in numbers.Where(number => !epochs.Used!.Contains(number)))
        {
            _remove.Bind(1, number).Run();
        }

        epochs.Forget();
        if (numbers.Count == MostRemoved)
        {
            _number = numbers[^1];
            return false;
        }

        (epochs.Used, _kept) = (null, _end);
        return true;
    }
}
