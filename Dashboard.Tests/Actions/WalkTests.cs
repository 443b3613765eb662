using Dashboard.Audit.Events;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>A walk over pages that come late, not at all, or from another server.</summary>
public sealed class WalkTests : IAsyncDisposable
{
    private readonly PassingTime _time = new();
    private readonly FakeValkeyServer _server = new();
    private readonly ToldProgress _progress = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static PreconditionResult<ScanPage> PageOf(string cursor, long seen = 90) => new ScanPage(cursor, seen, 0);

    /// <param name="took">How long each page takes.</param>
    private async Task<(Walk Walk, WalkEnd? End)> OverAsync(double took = 0.4, PaceBudget? budget = null)
    {
        var walk = new Walk(_server, _progress, budget ?? PaceBudget.Default, _time);
        var end = await walk.OverAsync(
            (cursor, size) =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(took));
                return _server.ReclaimAsync(new("abc", 0), cursor, size, Cancel);
            },
            1_000, Cancel);
        return (walk, end);
    }

    /// <summary>1, 2 and 3 of a table of four are its half, its quarter and three quarters: counted with their bits turned round.</summary>
    [Fact]
    public async Task AllPages_AreAskedForOnce_AndTheWayIsReadOffTheCursor()
    {
        _server.Say("reclaim 0", PageOf("2")).Say("reclaim 2", PageOf("1")).Say("reclaim 1", PageOf("3")).Say("reclaim 3", PageOf("0"));

        var (walk, end) = await OverAsync();

        Assert.Null(end);
        Assert.Equal(360, walk.Seen);
        Assert.Equal(["reclaim 0", "reclaim 2", "reclaim 1", "reclaim 3"], _server.Calls);
        Assert.Equal([250, 500, 750, 1_000], _progress.Told.Select(told => told.Done));
    }

    [Fact]
    public async Task Stopped_EndsBeforeTheNextPage()
    {
        _server.Say("reclaim 0", PageOf("0"));
        _progress.Stop = "keeper stopped it.";

        var (_, end) = await OverAsync();

        Assert.Equal(new WalkEnd(AuditResult.Cancelled, "keeper stopped it."), end);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task LostConnection_TheWalkBeginsAgain_AndSaysSo()
    {
        _server.Say("reclaim 0", PageOf("5")).Say("reclaim 5", new Fault(FaultKind.Closed), PageOf("0"));

        var (walk, end) = await OverAsync();

        Assert.Null(end);
        Assert.Equal((270, 100), (walk.Seen, walk.Lost));
        Assert.Equal(["reclaim 0", "reclaim 5", "INFO", "reclaim 0", "reclaim 5"], _server.Calls);
        Assert.Contains((0, 1_000, "the connection was lost; the walk begins again"), _progress.Told);
    }

    [Theory]
    [InlineData(FaultKind.Closed, AuditResult.Unknown, "The connection broke before the answer. Whether it has done it is not known: look at its keys before you try again.", 7)]
    [InlineData(FaultKind.Misconf, AuditResult.Failed, "The server cannot write to its disk and refuses every change. Free space where its data lies; it recovers by itself.", 1)]
    [InlineData(FaultKind.NoPerm, AuditResult.Failed, "The console's acting user may not do this (). The Privileges page shows the line to copy.", 1)]
    public async Task Fault_ThatStays_EndsIt(FaultKind kind, object result, string sentence, int asked)
    {
        _server.Say("reclaim 0", new Fault(kind));

        var (_, end) = await OverAsync();

        Assert.Equal((result, sentence), (end!.Result, end.Sentence));
        Assert.Equal(asked, _server.Calls.Count);
    }

    [Fact]
    public async Task Breach_MidWay_EndsItAtOnce()
    {
        _server.Say("reclaim 0", PageOf("5")).Say("reclaim 5", (PreconditionResult<ScanPage>)new FailedPrecondition("run_id", "def"));

        var (walk, end) = await OverAsync();

        Assert.Equal((AuditResult.Failed, "Another server answers there now, or it was restarted. Nothing was done to it."), (end!.Result, end.Sentence));
        Assert.Equal((2, 90), (_server.Calls.Count, walk.Seen));
    }

    [Fact]
    public async Task SlowServer_EndsItAfterThreeSeconds()
    {
        _server.Say("reclaim 0", PageOf("5")).Say("reclaim 5", PageOf("5"));

        var (_, end) = await OverAsync(took: 100);

        Assert.Same(WalkEnd.TooSlow, end);
        Assert.InRange(_server.Calls.Count, 10, 40);
    }

    [Fact]
    public async Task SlowServer_WithinItsBudget_IsWalkedToTheEnd()
    {
        _server.Say("reclaim 0", PageOf("5")).Say("reclaim 5", [.. Enumerable.Repeat(PageOf("5"), 60), PageOf("0")]);

        var (_, end) = await OverAsync(took: 100, new PaceBudget(100, TimeSpan.Zero, TimeSpan.FromMilliseconds(500)));

        Assert.Null(end);
        Assert.Equal(62, _server.Calls.Count);
    }

    [Fact]
    public async Task PageSize_IsTheBudgets()
    {
        List<int> sizes = [];
        var walk = new Walk(_server, _progress, PaceBudget.Default with { PageSize = 40, Pause = TimeSpan.Zero }, _time);

        var end = await walk.OverAsync(
            (_, size) =>
            {
                sizes.Add(size);
                return Task.FromResult<Reply<PreconditionResult<ScanPage>>>(PageOf(sizes.Count < 3 ? "5" : "0"));
            },
            1_000, Cancel);

        Assert.Null(end);
        Assert.Equal([40, 40, 40], sizes);
    }
}
