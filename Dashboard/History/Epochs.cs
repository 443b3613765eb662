using Dashboard.Metrics;
using Dashboard.Store;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>The server processes met, by a small number each, so that a row need not repeat forty letters.</summary>
internal sealed class Epochs(SqliteConnection connection) : IDisposable
{
    private readonly Statement _add = new(connection, "INSERT OR IGNORE INTO epochs (run_id, first_seen) VALUES (?1, ?2)");
    private readonly Statement _byRunId = new(connection, "SELECT number FROM epochs WHERE run_id = ?1");
    private readonly Statement _byNumber = new(connection, "SELECT run_id FROM epochs WHERE number = ?1");
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string?> _runIds = [];

    /// <summary>The number of the process a reading is of, given now when it is new; null when unknown.</summary>
    public long? NumberOf(Reading reading)
    {
        if (reading.Epoch is not { } runId)
        {
            return null;
        }

        if (_numbers.TryGetValue(runId, out var number))
        {
            return number;
        }

        _add.Bind(1, runId).Bind(2, reading.At.ToUnixTimeMilliseconds()).Run();
        _byRunId.Bind(1, runId).Next();
        number = _numbers[runId] = _byRunId.Integer(0);
        _byRunId.Reset();
        return number;
    }

    /// <returns>Null for a number nobody knows.</returns>
    public string? RunIdOf(long number)
    {
        if (_runIds.TryGetValue(number, out var runId))
        {
            return runId;
        }

        runId = _runIds[number] = _byNumber.Bind(1, number).Next() ? _byNumber.Text(0) : null;
        _byNumber.Reset();
        return runId;
    }

    public void Dispose()
    {
        _add.Dispose();
        _byRunId.Dispose();
        _byNumber.Dispose();
    }
}
