using Dapper;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;

namespace Dashboard.KeptFiles.Making;

/// <summary>
/// Uses the servers while the console watches them, and produces readings with a restart, a reset of the counters and a gap.
/// </summary>
internal sealed class ReadingSteps(Maker maker)
{
    private const string Fewest =
        "SELECT count(*) FROM instances LEFT JOIN readings_1s ON instance = number GROUP BY number ORDER BY 1 LIMIT 1";

    /// <summary>Uses the servers until this many more readings of each instance are written.</summary>
    public async Task WatchAsync(int polls)
    {
        await maker.Servers.FillAsync("cache", "page:", 400);
        await maker.Servers.FillAsync("session", "session:", 50);
        var before = Count();
        for (var poll = 1; poll <= polls; poll++)
        {
            await maker.Servers.UseAsync("cache", "page:", 40 * poll);
            await maker.Servers.UseAsync("session", "session:", 10 * poll);
            await Eventually.Async(() => Task.FromResult(Count() >= before + poll));
        }
    }

    public async Task MarkAsync()
    {
        await maker.Servers["session"].CallAsync("CONFIG", "RESETSTAT");
        await maker.Servers["cable"].KillAsync();
        await WatchAsync(3);
        await maker.Servers["cable"].RestartAsync();
        await WatchAsync(3);
    }

    /// <summary>The number of readings of the instance that has the fewest.</summary>
    private long Count()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(maker.Data, "history.db")};Mode=ReadOnly;Pooling=false");
        return connection.QuerySingleOrDefault<long>(Fewest);
    }
}
