using Dashboard.Audit.Events;
using Dashboard.Fakes;
using Dashboard.Valkey;

namespace Dashboard.Actions.Scanning;

/// <summary>A scan over pages that arrive late, not at all, or from another server.</summary>
public sealed class KeyspaceScanTests : IAsyncDisposable
{
    private readonly PassingTime _time = new();
    private readonly FakeServerActor _server = new();
    private readonly RecordingProgress _progress = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static PreconditionResult<ScanPage> PageOf(string cursor, long seen = 90) => new ScanPage(cursor, seen, 0);

    /// <param name="took">How long each page takes, in milliseconds.</param>
    private async Task<(KeyspaceScan Scan, ScanAbort? Abort)> OverAsync(double took = 0.4, ScanBudget? budget = null)
    {
        var scan = new KeyspaceScan(_server, _progress, budget ?? ScanBudget.Default, _time);
        var abort = await scan.OverAsync(
            (cursor, size) =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(took));
                return _server.ReclaimAsync(new("abc", 0), cursor, size, Cancel);
            },
            1_000, Cancel);
        return (scan, abort);
    }

    /// <summary>
    /// In a table of four, the cursors 1, 2 and 3 mean a half, a quarter and three quarters: their bits are read in reverse.
    /// </summary>
    [Fact]
    public async Task AllPages_AreRequestedOnce_AndTheCursorGivesTheProgress()
    {
        _server.Answer("reclaim 0", PageOf("2")).Answer("reclaim 2", PageOf("1")).Answer("reclaim 1", PageOf("3"))
            .Answer("reclaim 3", PageOf("0"));

        var (scan, abort) = await OverAsync();

        Assert.Null(abort);
        Assert.Equal(360, scan.Seen);
        Assert.Equal(["reclaim 0", "reclaim 2", "reclaim 1", "reclaim 3"], _server.Calls);
        Assert.Equal([250, 500, 750, 1_000], _progress.Told.Select(told => told.Done));
    }

    [Fact]
    public async Task Stop_EndsTheScanBeforeTheNextPage()
    {
        _server.Answer("reclaim 0", PageOf("0"));
        _progress.Stop = "keeper stopped it.";

        var (_, abort) = await OverAsync();

        Assert.Equal(new ScanAbort(AuditResult.Cancelled, "keeper stopped it."), abort);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task LostConnection_RestartsTheScan_AndIsReported()
    {
        _server.Answer("reclaim 0", PageOf("5")).Answer("reclaim 5", new Fault(FaultKind.Closed), PageOf("0"));

        var (scan, abort) = await OverAsync();

        Assert.Null(abort);
        Assert.Equal((270, 100), (scan.Seen, scan.Lost));
        Assert.Equal(["reclaim 0", "reclaim 5", "INFO", "reclaim 0", "reclaim 5"], _server.Calls);
        Assert.Contains((0, 1_000, "the connection was lost; the scan starts again"), _progress.Told);
    }

    [Theory]
    [InlineData(
        FaultKind.Closed, AuditResult.Unknown,
        "The connection broke before the answer. "
            + "It is unknown whether the server made the change: check its keys before you try again.", 7)]
    [InlineData(
        FaultKind.Misconf, AuditResult.Failed,
        "The server cannot save a snapshot and refuses every change. "
            + "Free space on its disk. Copy, to allow changes at once: CONFIG SET stop-writes-on-bgsave-error no", 1)]
    [InlineData(
        FaultKind.NoPerm, AuditResult.Failed, "The console's acting user may not do this (). "
            + "The Privileges page shows the command to copy.",
        1)]
    public async Task Fault_ThatPersists_EndsTheScan(FaultKind kind, object result, string sentence, int asked)
    {
        _server.Answer("reclaim 0", new Fault(kind));

        var (_, abort) = await OverAsync();

        Assert.Equal((result, sentence), (abort!.Result, abort.Sentence));
        Assert.Equal(asked, _server.Calls.Count);
    }

    [Fact]
    public async Task Breach_DuringTheScan_EndsItAtOnce()
    {
        _server.Answer("reclaim 0", PageOf("5")).Answer("reclaim 5", (PreconditionResult<ScanPage>)new FailedPrecondition("run_id", "def"));

        var (scan, abort) = await OverAsync();

        Assert.Equal(
            (AuditResult.Failed, "Another server answers there now, or it was restarted. Nothing was done to it."),
            (abort!.Result, abort.Sentence));
        Assert.Equal((2, 90), (_server.Calls.Count, scan.Seen));
    }

    [Fact]
    public async Task SlowServer_EndsTheScanAfterThreeSeconds()
    {
        _server.Answer("reclaim 0", PageOf("5")).Answer("reclaim 5", PageOf("5"));

        var (_, abort) = await OverAsync(took: 100);

        Assert.Same(ScanAbort.TooSlow, abort);
        Assert.InRange(_server.Calls.Count, 10, 40);
    }

    [Fact]
    public async Task SlowServer_WithinItsBudget_IsScannedToTheEnd()
    {
        _server.Answer("reclaim 0", PageOf("5")).Answer("reclaim 5", [.. Enumerable.Repeat(PageOf("5"), 60), PageOf("0")]);

        var (_, abort) = await OverAsync(took: 100, new ScanBudget(100, TimeSpan.Zero, TimeSpan.FromMilliseconds(500)));

        Assert.Null(abort);
        Assert.Equal(62, _server.Calls.Count);
    }

    [Fact]
    public async Task PageSize_IsThatOfTheBudget()
    {
        List<int> sizes = [];
        var scan = new KeyspaceScan(_server, _progress, ScanBudget.Default with { PageSize = 40, Pause = TimeSpan.Zero }, _time);

        var abort = await scan.OverAsync(
            (_, size) =>
            {
                sizes.Add(size);
                return Task.FromResult<Reply<PreconditionResult<ScanPage>>>(PageOf(sizes.Count < 3 ? "5" : "0"));
            },
            1_000, Cancel);

        Assert.Null(abort);
        Assert.Equal([40, 40, 40], sizes);
    }
}
