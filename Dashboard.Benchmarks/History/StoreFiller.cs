using Dapper;
using Dashboard.History;
using Dashboard.History.Columns;
using Dashboard.Instances;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.Benchmarks.History;

/// <summary>Fills a history file as years of watching would: every tier to its full length.</summary>
internal sealed class StoreFiller(SqliteFile file, DateTimeOffset now)
{
    private const int RowsAtOnce = 2000;

    /// <returns>The number of rows written.</returns>
    public long Fill(IReadOnlyList<InstanceId> instances)
    {
        HistoryStore.Open(file).Dispose();
        using var connection = file.OpenToWrite();
        connection.Execute("INSERT OR IGNORE INTO instances (id) VALUES (@Value)", instances);
        return Tier.All.Sum(tier => Fill(connection, tier, instances.Count));
    }

    private long Fill(SqliteConnection connection, Tier tier, int instances)
    {
        using var epochs = new Epochs(connection);
        using var table = new ReadingTable(connection, tier, epochs, ReadingColumns.All);
        var makers = Enumerable.Range(1, instances).Select(seed => new ReadingMaker(seed)).ToList();
        var last = now.ToUnixTimeMilliseconds() / tier.StepMs * tier.StepMs;
        var rows = (long)(tier.Kept / tier.Step);
        for (var done = 0L; done < rows; done += RowsAtOnce)
        {
            using var transaction = connection.BeginTransaction();
            for (var row = done; row < Math.Min(rows, done + RowsAtOnce); row++)
            {
                // Side by side, as they are written in production.
                var at = DateTimeOffset.FromUnixTimeMilliseconds(last - ((rows - row) * tier.StepMs));
                makers.ForEach(maker => table.Put(maker.Number, maker.Next(at, (int)tier.Step.TotalSeconds)));
            }

            transaction.Commit();
        }

        return rows * instances;
    }
}
