using Dapper;
using Dashboard.History.Columns;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History;

/// <summary>Reads the rows of a history file, beside its writer.</summary>
internal static class StoredRows
{
    public static readonly InstanceId Cache = InstanceId.Of("cache");

    /// <summary>All rows of one tier of one instance (cache by default), oldest first.</summary>
    public static List<Reading> Of(SqliteFile file, string tier, InstanceId? instance = null)
    {
        using var connection = file.OpenToRead();
        using var epochs = new Epochs(connection);
        using var rows = new ReadingRows(connection, Tier.All.Single(each => each.Name == tier), epochs, ReadingColumns.All);
        var number =
            connection.QuerySingleOrDefault<long?>("SELECT number FROM instances WHERE id = @id", new { id = (instance ?? Cache).Value });
        return number is null ? [] : rows.Between(number.Value, 0, long.MaxValue);
    }

    /// <summary>Asserts that every finished rolled-up row agrees with its raw rows.</summary>
    public static void AssertRollUpsAgree(SqliteFile file)
    {
        var raw = Of(file, "1s");
        foreach (var tier in Tier.All.Skip(1))
        {
            var expected = ReadingBuckets.Of(raw, tier.StepMs).SkipLast(1).ToList();
            var rows = Of(file, tier.Name);
            Assert.Equal(expected.Select(row => row.At), rows.Select(row => row.At));
            Assert.All(expected.Zip(rows), pair => SameReading.Approximately(pair.First, pair.Second));
        }
    }
}
