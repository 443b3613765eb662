using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Monitoring;
using Dashboard.Valkey;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.History;

public sealed class FleetHistoryTests : IDisposable
{
    private readonly WriterFixture _history = new();
    private readonly Fleet _fleet =
        new(new([Given.Instance(Purpose.Cache)], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test"), NullLogger<Fleet>.Instance);

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task EveryPoll_IsKept_AFailedOneAsAGap()
    {
        var feed = new FleetHistory(_fleet, _history.Writer);
        await feed.StartAsync(TestContext.Current.CancellationToken);

        _fleet.Record(StoredRows.Cache, Given.Answered("valkey-8.0.1-cache", 1));
        _fleet.Record(StoredRows.Cache, Given.Failed(FaultKind.Refused, 2));
        _fleet.Record(StoredRows.Cache, Given.Answered("valkey-8.0.1-cache", 3));
        _history.Writer.Flush();

        Assert.Equal([true, false, true], _history.Rows.Select(row => row.IsKnown));
        Assert.Equal(Given.Start.AddSeconds(2), _history.Rows[1].At);
        Assert.True(_history.Rows[0].Gauges[MetricCatalog.Gauge("used_memory")].Last > 0);
    }

    [Fact]
    public async Task AfterTheEnd_NothingIsKept()
    {
        var feed = new FleetHistory(_fleet, _history.Writer);
        await feed.StartAsync(TestContext.Current.CancellationToken);
        await feed.StopAsync(TestContext.Current.CancellationToken);

        _fleet.Record(StoredRows.Cache, Given.Failed(FaultKind.Refused, 1));
        _history.Writer.Flush();

        Assert.Empty(_history.Rows);
    }
}
