using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>The server processes that were met, each with a small number, so that a row need not repeat 40 characters.</summary>
internal sealed class Epochs(SqliteConnection connection) : IDisposable
{
    /// <summary>
    /// The most processes that are kept in memory, by name and by number. If a server reports another run_id at every poll, the file is
    /// asked again.
    /// </summary>
    public const int MaxRemembered = 1_000;

    private readonly PreparedStatement _add = new(connection, "INSERT OR IGNORE INTO epochs (run_id, first_seen) VALUES (?1, ?2)");
    private readonly PreparedStatement _byRunId = new(connection, "SELECT number FROM epochs WHERE run_id = ?1");
    private readonly PreparedStatement _byNumber = new(connection, "SELECT run_id FROM epochs WHERE number = ?1");
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string?> _runIds = [];

    /// <summary>Processes in memory now.</summary>
    public int Remembered => Math.Max(_numbers.Count, _runIds.Count);

    /// <summary>Where set, it collects the number of every process that a row is written for from now on.</summary>
    public HashSet<long>? Used { get; set; }

    /// <summary>The number of a reading's process, assigned now when it is new; null when unknown.</summary>
    public long? NumberOf(Reading reading)
    {
        if (reading.Epoch is not { } runId)
        {
            return null;
        }

        if (!_numbers.TryGetValue(runId, out var number))
        {
            MakeRoom();
            number = _numbers[runId] = AddOrFind(runId, reading.At);
        }

        Used?.Add(number);
        return number;
    }

    /// <returns>Null for an unknown number.</returns>
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

    /// <summary>Drops what is in memory: rows of the file were removed.</summary>
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
        if (Remembered >= MaxRemembered)
        {
            Forget();
        }
    }

    private long AddOrFind(string runId, DateTimeOffset at)
    {
        _add.Bind(1, runId).Bind(2, at.ToUnixTimeMilliseconds()).Run();
        _byRunId.Bind(1, runId).Next();
        var number = _byRunId.Integer(0);
        _byRunId.Reset();
        return number;
    }
}
