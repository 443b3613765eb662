using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Metrics;

namespace Dashboard.KeptFiles;

/// <summary>History returns the readings that an earlier build wrote, in each tier.</summary>
[Trait("Slow", "yes")]
public sealed class KeptHistoryTests(OpenedSets sets) : IClassFixture<OpenedSets>
{
    /// <summary>Each tier with the hours of a window that is drawn from it, up to when the set was made.</summary>
    public static TheoryData<string, double> Tiers => new() { { "1s", 1.5 }, { "10s", 3 }, { "1m", 12 }, { "15m", 7 * 24 } };

    [Theory, MemberData(nameof(Tiers))]
    public async Task Reading_IsReturnedAsItWasWritten(string tier, double hours)
    {
        foreach (var (set, instance) in sets.All.SelectMany(set => set.Known.Instances.Keys.Select(instance => (set, instance))))
        {
            var (from, to) = (set.Known.Made.AddHours(-hours), set.Known.Made);
            var stored = Stored(set, tier, instance, from, to);

            var slice = await set.Console.Service<HistoryQuery>().ReadAsync(
                InstanceId.Of(instance), from, to, MetricCatalog.All, [], TestContext.Current.CancellationToken);

            var returned = slice.Readings.ToDictionary(reading => reading.At.ToUnixTimeMilliseconds());
            Assert.Equal(tier, slice.Tier.Name);
            Assert.Equal(stored, stored.Select(row => KeptReading.Of(returned[row.At], counts: row.Counts.Length > 0)));
        }
    }

    /// <summary>
    /// A mark is a bit of a number: 1 for a gap, 2 for a restart, 4 for a reset of the counters. The console that opened the file adds why
    /// its own polls fail.
    /// </summary>
    [Fact]
    public void EachMark_IsAmongTheReadings()
    {
        foreach (var set in sets.All)
        {
            var marks = set.All<long>("history.db", "SELECT DISTINCT marks FROM readings_1s");
            Assert.Contains(0, marks);
            Assert.Equal(0b111, 0b111 & marks.Aggregate((all, value) => all | value));
        }
    }

    private static IReadOnlyList<KeptReading> Stored(OpenedSet set, string tier, string instance, DateTimeOffset from, DateTimeOffset to)
    {
        var stored = set.All<KeptReading>(
            "history.db",
            $"""
            SELECT {KeptReading.Columns} FROM readings_{tier} LEFT JOIN epochs ON number = epoch
            WHERE instance = (SELECT number FROM instances WHERE id = @instance) AND at >= @from AND at < @to ORDER BY at
            """,
            new { instance, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() });
        Assert.Contains(stored, row => row is { RunId: not null, Memory: > 0, Longest: > 0 });
        Assert.True(instance != "cache" || stored.Any(row => row.Hits > 0));
        Assert.True(tier == "1s" || stored.Any(row => row.Counts.Length > 0));
        return stored;
    }
}
