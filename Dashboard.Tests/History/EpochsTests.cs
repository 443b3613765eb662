using Dapper;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.History;

public sealed class EpochsTests : IDisposable
{
    private const long NoLimit = long.MaxValue;
    private static readonly DateTimeOffset Start = SomeReadings.Start;
    private readonly OpenStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void RunId_IsStoredOnce_WithTheTimeItWasFirstSeen()
    {
        _store.Write(new SomeReadings(1).EachWithGapsAndRestart(120));
        _store.Reopen();
        _store.Write(new SomeReadings(1).EachWithGapsAndRestart(60, SomeReadings.Start.AddHours(1)));

        using var connection = _store.File.OpenToRead();
        var epochs = connection.Query<(string RunId, long FirstSeen)>("SELECT run_id, first_seen FROM epochs ORDER BY number").ToList();
        Assert.Equal(["run-1", "run-2"], epochs.Select(epoch => epoch.RunId));
        Assert.Equal(SomeReadings.Start.ToUnixTimeSeconds(), epochs[0].FirstSeen / 1000);
    }

    [Fact]
    public void NumberWithoutAnEpoch_IsUnknown_NotAnError()
    {
        _store.Write(new SomeReadings(2).Each(3));
        _store.Reopen(() =>
        {
            using var connection = _store.File.OpenToWrite();
            connection.Execute("DELETE FROM epochs");
        });

        Assert.All(_store.Rows("1s"), row => Assert.Null(row.Epoch));
    }

    [Fact]
    public void ReadingOfAnUnknownProcess_StaysUnknown()
    {
        _store.Write([new SomeReadings(3).One(SomeReadings.Start) with { Epoch = null }]);

        Assert.Null(_store.Rows("1s").Single().Epoch);
    }

    [Fact]
    public void ServerWithANewProcessAtEachPoll_LeavesOneEpochPerRow_AndEachRowItsOwn()
    {
        var readings = EachWithItsOwnProcess(EpochPruning.Spare + 2_000);
        _store.Write(readings);

        Prune(readings[^1].At.AddHours(6).AddMinutes(2), NoLimit);

        var rows = Tier.All.SelectMany(tier => _store.Rows(tier.Name)).ToList();
        Assert.InRange(rows.Count, 1_200, 1_500);
        Assert.Equal(rows.Select(row => row.Epoch).Append(readings[^1].Epoch).Distinct().Count(), CountOfEpochs());
        foreach (var tier in Tier.All.Skip(1))
        {
            Assert.Equal(
                ReadingBuckets.Of(readings, tier.StepMs).Select(row => (row.At, row.Epoch)),
                _store.Rows(tier.Name).Select(row => (row.At, row.Epoch)));
        }
    }

    /// <summary>There are more rows than one step reads.</summary>
    [Fact]
    public void EachOfManyRecentRows_KeepsItsProcess()
    {
        var readings = EachWithItsOwnProcess(EpochPruning.Spare + 2_000);
        _store.Write(readings);

        Prune(readings[^1].At, NoLimit);

        Assert.Equal(readings.Select(reading => reading.Epoch), _store.Rows("1s").Select(row => row.Epoch));
    }

    /// <summary>The search takes half an hour where there are millions of rows, and more are written in that time.</summary>
    [Fact]
    public void DuringTheSearchForProcesses_TheFileMayTakeATenthMore_ThenReadingsAreRemoved()
    {
        var readings = EachWithItsOwnProcess(EpochPruning.Spare + 2_000);
        _store.Write(readings);

        Assert.False(_store.Store.Prune(readings[^1].At, UsedBytes() * 100 / 108));
        Assert.Equal(readings.Count, _store.Rows("1s").Count);

        Assert.False(_store.Store.Prune(readings[^1].At, UsedBytes() * 100 / 112));
        Assert.Equal(readings.Count - 500, _store.Rows("1s").Count);
        Assert.Equal(readings.Count, CountOfEpochs());
    }

    [Fact]
    public void Memory_KeepsAThousandProcesses_AndTheFileTheRest()
    {
        using var connection = _store.File.OpenToWrite();
        using var epochs = new Epochs(connection);
        var readings = EachWithItsOwnProcess((2 * Epochs.MaxRemembered) + 100);

        var numbers = readings.ConvertAll(reading => (reading.Epoch, Number: epochs.NumberOf(reading)!.Value));

        Assert.InRange(epochs.Remembered, 1, Epochs.MaxRemembered);
        Assert.All(numbers, one => Assert.Equal(one.Epoch, epochs.RunIdOf(one.Number)));
        Assert.InRange(epochs.Remembered, 1, Epochs.MaxRemembered);
        Assert.Equal(numbers[0].Number, epochs.NumberOf(readings[0]));
    }

    /// <summary>
    /// An earlier version left such files. If the size were checked first, readings would be removed to make room for unused processes.
    /// </summary>
    [Fact]
    public void FileFullOfUnusedProcesses_LosesThemInSteps_AndNoReading()
    {
        var readings = new SomeReadings(4).Each(20);
        _store.Write(readings);
        _store.Reopen(() =>
        {
            using var connection = _store.File.OpenToWrite();
            connection.Execute(
                "INSERT INTO epochs (run_id, first_seen) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                    + "40000) SELECT 'gone-' || i, i FROM n");
        });
        var size = UsedBytes() * 100 / 108;

        var (before, step) = (CountOfEpochs(), 0);
        for (; !_store.Store.Prune(Start.AddSeconds(20 + step), size); step++)
        {
            Assert.InRange(before - CountOfEpochs(), 0, EpochPruning.MaxRemoved);
            readings.Add(readings[^1] with { At = Start.AddSeconds(21 + step), Epoch = $"gone-{300 * step}" });
            _store.Write([readings[^1]]);
            before = CountOfEpochs();
            Assert.True(step < 100, "Pruning does not end.");
        }

        Assert.Equal(
            readings.Select(reading => (reading.At.ToUnixTimeMilliseconds(), reading.Epoch)),
            _store.Rows("1s").Select(row => (row.At.ToUnixTimeMilliseconds(), row.Epoch)));
        Assert.InRange(CountOfEpochs(), 1 + step, 2 + step);
        Assert.True(UsedBytes() < size);
    }

    private static List<Reading> EachWithItsOwnProcess(int seconds)
    {
        var reading = new SomeReadings(5).One(Start);
        return [
            .. Enumerable.Range(0, seconds).Select(second => reading with { At = Start.AddSeconds(second), Epoch = $"process-{second}" })];
    }

    private void Prune(DateTimeOffset now, long maxBytes)
    {
        var passes = 0;
        while (!_store.Store.Prune(now, maxBytes))
        {
            Assert.True(++passes < 1000, "Pruning does not end.");
        }
    }

    private int CountOfEpochs() => Ask<int>("SELECT count(*) FROM epochs");

    private long UsedBytes() =>
        Ask<long>("SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size");

    private T Ask<T>(string sql)
    {
        using var connection = _store.File.OpenToRead();
        return connection.QuerySingle<T>(sql);
    }
}
