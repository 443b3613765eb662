using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>The server processes met, by a small number each, so that a row need not repeat forty letters.</summary>
internal sealed class Epochs(SqliteConnection connection) : IDisposable
{
    /// <summary>
    /// Processes kept in memory, by name and by number. Where a server names another at every poll, the file is asked again.
    /// </summary>
    public const int MostRemembered = 1_000;

    private readonly PreparedStatement _add = new(connection, "INSERT OR IGNORE INTO epochs (run_id, first_seen) VALUES (?1, ?2)");
    private readonly PreparedStatement _byRunId = new(connection, "SELECT number FROM epochs WHERE run_id = ?1");
    private readonly PreparedStatement _byNumber = new(connection, "SELECT run_id FROM epochs WHERE number = ?1");
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string?> _runIds = [];

    /// <summary>Processes in memory now.</summary>
    public int Remembered => Math.Max(_numbers.Count, _runIds.Count);

    /// <summary>Where set, the number of every process that a row is written of from now on is added to it.</summary>
    public HashSet<long>? Used { get; set; }

    /// <summary>The number of the process a reading is of, given now when it is new; null when unknown.</summary>
    public long? NumberOf(Reading reading)
    {
        if (reading.Epoch is not { } runId)
        {
            return null;
        }

        if (!_numbers.TryGetValue(runId, out var number))
        {
            MakeRoom();
            number = _numbers[runId] = Numbered(runId, reading.At);
        }

        Used?.Add(number);
        return number;
    }

    /// <returns>Null for a number nobody knows.</returns>
    public string? RunIdOf(long number)
    {
        if (_runIds.TryGetValue(number, out var runId))
        {
            return runId;
        }

        MakeRoom();
        runId = _runIds[number] = _byNumber.Bind(1, number).Next() ? _byNumber.Text(0) : null;
        _byNumber.Reset();
        return runId;
    }

    /// <summary>Forgets what is in memory: rows of the file were removed.</summary>
    public void Forget()
    {
        _numbers.Clear();
        _runIds.Clear();
    }

    public void Dispose()
    {
        _add.Dispose();
        _byRunId.Dispose();
        _byNumber.Dispose();
    }

    private void MakeRoom()
    {
        if (Remembered >= MostRemembered)
        {
            Forget();
        }
    }

    private long Numbered(string runId, DateTimeOffset at)
    {
        _add.Bind(1, runId).Bind(2, at.ToUnixTimeMilliseconds()).Run();
        _byRunId.Bind(1, runId).Next();
        var number = _byRunId.Integer(0);
        _byRunId.Reset();
        return number;
    }
}
