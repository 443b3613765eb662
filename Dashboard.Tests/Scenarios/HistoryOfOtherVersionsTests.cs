using Dapper;
using Dashboard.History;
using Dashboard.Metrics;
using Microsoft.Data.Sqlite;

namespace Dashboard.Scenarios;

public sealed class HistoryOfOtherVersionsTests : IDisposable
{
    private static readonly string[] GaugeParts = ["last", "seconds", "min", "max", "sum"];
    private readonly OpenStore _store = new();
    private readonly List<Reading> _readings = new SomeReadings(1).Each(60);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void FileFromANewerVersion_WithAnUnknownColumn_IsReadAndWritten_AndKeepsIt()
    {
        _store.Write(_readings[..30]);
        _store.Reopen(
            () =>
                Run("""
                    ALTER TABLE readings_1s ADD COLUMN "metric_of_tomorrow.delta" REAL;
                    UPDATE readings_1s SET "metric_of_tomorrow.delta" = 42
                    """));

        _store.Write(_readings[30..]);

        SameReading.Exactly(_readings, _store.Rows("1s"));
        Assert.Equal(30, Ask<int>("""SELECT count(*) FROM readings_1s WHERE "metric_of_tomorrow.delta" = 42"""));
    }

    [Fact]
    public void FileFromAnOlderVersion_GetsTheColumnsOfMetricsAddedSince()
    {
        _store.Write(_readings[..30]);
        var slot = MetricCatalog.Gauge("replicas");
        _store.Reopen(() =>
        {
            foreach (var (tier, part) in Tier.All.SelectMany(tier => GaugeParts.Select(part => (tier, part))))
            {
                Run($"ALTER TABLE {tier.Table} DROP COLUMN \"replicas.{part}\"");
            }
        });

        _store.Write(_readings[30..]);

        var rows = _store.Rows("1s");
        Assert.All(rows[..30], row => Assert.Equal(default, row.Gauges[slot]));
        Assert.Equal(_readings[30..].Select(reading => reading.Gauges[slot]), rows[30..].Select(row => row.Gauges[slot]));
        StoredRows.AssertRollUpsAgree(_store.File);
    }

    [Fact]
    public void InvalidInstanceId_IsSkipped()
    {
        _store.Reopen(() => Run("INSERT INTO instances (id) VALUES ('Not An Id')"));

        _store.Write(_readings);

        Assert.Equal(60, _store.Rows("1s").Count);
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_store.File.Path};Pooling=false");
        connection.Execute(sql);
    }

    private T Ask<T>(string sql)
    {
        using var connection = _store.File.OpenToRead();
        return connection.QuerySingle<T>(sql);
    }
}
