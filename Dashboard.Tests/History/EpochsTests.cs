using Dapper;
using Dashboard.Metrics;

namespace Dashboard.History;

public sealed class EpochsTests : IDisposable
{
    private readonly OpenStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void RunId_IsKeptOnce_WithWhenItWasFirstSeen()
    {
        _store.Write(new SomeReadings(1).EachWithTrouble(120));
        _store.Reopen();
        _store.Write(new SomeReadings(1).EachWithTrouble(60, SomeReadings.Start.AddHours(1)));

        using var connection = _store.File.OpenToRead();
        var epochs = connection.Query<(string RunId, long FirstSeen)>("SELECT run_id, first_seen FROM epochs ORDER BY number").ToList();
        Assert.Equal(["run-1", "run-2"], epochs.Select(epoch => epoch.RunId));
        Assert.Equal(SomeReadings.Start.ToUnixTimeSeconds(), epochs[0].FirstSeen / 1000);
    }

    [Fact]
    public void NumberNobodyKnows_IsUnknown_NotAnError()
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
}
