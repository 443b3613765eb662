using System.Collections.Concurrent;
using Dashboard.Changes;
using Dashboard.Fakes;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Audit.Integrity;

/// <summary>What the badge for the audit log's integrity shows, and when.</summary>
public class AuditIntegrityMonitorTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly LogLines<AuditIntegrityMonitor> _log = new();
    private readonly OpenTrail _console;
    private readonly AuditIntegrityMonitor _monitor;
    private readonly StoreKind _kind;
    private int _changes;

    public AuditIntegrityMonitorTests()
        : this(StoreKind.File)
    {
    }

    private protected AuditIntegrityMonitorTests(StoreKind kind)
    {
        _kind = kind;
        _console = new(_folder.Path, _time, kind: kind);
        _monitor = new(_console.Store, _console.Keys, _console.Heads, _console.Log, _console.Changes, _time, _log);
        _monitor.Changed += () => _changes++;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _monitor.Dispose();
        _console.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task BeforeTheFirstCheck_NothingIsClaimed_AndAnEmptyLogIsSound()
    {
        Assert.Equal((null, "The audit log is being checked for the first time."), (_monitor.Current.IsSound, _monitor.Current.Sentence));

        var integrity = await _monitor.CheckAsync(all: false, Cancel);

        Assert.Equal((true, "The audit log is empty.", Given.Start), (integrity.IsSound, integrity.Sentence, integrity.CheckedAt));
        Assert.False(File.Exists(_folder.File("audit.head")), "a check creates no head file");
    }

    [Fact]
    public async Task NewRow_IsCheckedOnItsOwn_AndAnOldOneWithinTheHour()
    {
        await _console.NoteAsync(5);
        Assert.True((await _monitor.CheckAsync(all: false, Cancel)).IsSound);
        _console.Tamper("UPDATE audit SET actor = 'ben' WHERE sequence = 3");
        await _console.NoteAsync(1);

        Assert.True((await _monitor.CheckAsync(all: false, Cancel)).IsSound, "only new rows are checked every few seconds");
        _time.Advance(AuditIntegrityMonitor.FullEvery);
        var integrity = await _monitor.CheckAsync(all: false, Cancel);

        Assert.Equal((false, false), (integrity.IsSound, integrity.CanBeAcknowledged));
        Assert.StartsWith("Row 3 (2026-03-01 12:00:00 UTC) was changed", integrity.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpeningThePage_ChecksAllRows_ButNotEachTime()
    {
        await _console.NoteAsync(5);
        await _monitor.CheckAsync(all: false, Cancel);
        _console.Tamper("UPDATE audit SET actor = 'ben' WHERE sequence = 3");

        Assert.True((await _monitor.CheckRecentlyAsync(Cancel)).IsSound, "all rows were checked at this moment");
        _time.Advance(AuditIntegrityMonitor.LookEvery);

        Assert.False((await _monitor.CheckRecentlyAsync(Cancel)).IsSound);
    }

    [Fact]
    public async Task NewlyBrokenLog_IsLoggedOnce_AndRaisesAChange()
    {
        await _console.NoteAsync(5);
        await _monitor.CheckAsync(all: false, Cancel);
        _time.Advance(AuditIntegrityMonitor.Every);
        await _monitor.CheckAsync(all: false, Cancel);
        var before = _changes;
        _console.Tamper("DELETE FROM audit WHERE sequence = 2");

        await _monitor.CheckAsync(all: true, Cancel);
        await _monitor.CheckAsync(all: false, Cancel);
        await _monitor.CheckAsync(all: true, Cancel);

        Assert.Equal(1, _changes - before);
        Assert.Single(
            _log.Lines, line => line.StartsWith("Error: The audit log is not verified: Row 2 is deleted", StringComparison.Ordinal));
        Assert.Single(
            _log.Lines, line => line.StartsWith("Information: The audit log is as it was written up to row 5 (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FileFailure_IsRed_KeepsTheLastVerdict_AndEnds()
    {
        await _console.NoteAsync(5);
        await _monitor.CheckAsync(all: false, Cancel);
        await WriteAsync("ALTER TABLE audit RENAME TO elsewhere");

        var integrity = await _monitor.CheckAsync(all: false, Cancel);
        Assert.Equal((false, false, 5L), (integrity.IsSound, integrity.CanBeAcknowledged, integrity.Verdict?.Rows));
        Assert.Contains("console.db cannot be used", integrity.Sentence, StringComparison.Ordinal);

        await WriteAsync("ALTER TABLE elsewhere RENAME TO audit");
        Assert.True((await _monitor.CheckAsync(all: false, Cancel)).IsSound);
    }

    [Fact]
    public async Task MissingRows_CanBeAcknowledged_AndThenItIsGreen()
    {
        await _console.NoteAsync(5);
        _console.Tamper("DELETE FROM audit WHERE sequence > 3");

        Assert.True((await _monitor.CheckAsync(all: false, Cancel)).CanBeAcknowledged);
        Assert.IsType<AcknowledgeResult.Acknowledged>(await _console.Trail.AcknowledgeRestoreAsync("keeper", null, "backup", Cancel));

        Assert.True((await _monitor.CheckAsync(all: false, Cancel)).IsSound);
    }

    /// <summary>
    /// Rows of another console are raised for the open pages of this one; its own rows were raised when they were committed.
    /// </summary>
    [Fact]
    public async Task RowsOfAnotherConsole_AreRaisedOnce()
    {
        await _console.NoteAsync(2);
        var received = new ConcurrentQueue<Change>();
        using var page = _console.Changes.Subscribe(
            "test",
            changes =>
            {
                changes.ToList().ForEach(received.Enqueue);
                return Task.CompletedTask;
            },
            ChangeKind.AuditRow);
        await _monitor.CheckAsync(all: false, Cancel);
        using var other = new OpenTrail(_folder.Path, _time, "there-1", kind: _kind);
        await other.NoteAsync(1);

        await _monitor.CheckAsync(all: false, Cancel);
        await _monitor.CheckAsync(all: true, Cancel);

        await _console.NoteAsync(1);
        await Eventually.Async(() => Task.FromResult(received.Count >= 2));
        Assert.Equal(["3", "4"], received.Select(change => change.Id));
    }

    /// <summary>Crafted clicks or many people may request checks at once.</summary>
    [Fact]
    public async Task ChecksRequestedWhileOneRuns_ShareIt()
    {
        await _console.NoteAsync(3);
        using var started = new SemaphoreSlim(0);
        using var resume = new ManualResetEventSlim();
        _monitor.Changed += () =>
        {
            started.Release();
            resume.Wait(CancellationToken.None);
        };

        var first = _monitor.CheckAsync(all: true, Cancel);
        await started.WaitAsync(Cancel);
        var others = Enumerable.Range(0, 100).Select(each => _monitor.CheckAsync(all: each % 2 == 0, Cancel)).ToList();
        resume.Set();
        await Task.WhenAll([first, .. others]);

        Assert.Single(_log.Lines, line => line.Contains("3 rows were checked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FullCheck_DoesNotShareAQuickOne()
    {
        await _console.NoteAsync(5);
        await _monitor.CheckAsync(all: true, Cancel);
        _console.Tamper("UPDATE audit SET actor = 'nobody' WHERE sequence = 3");

        var checks = await Task.WhenAll(_monitor.CheckAsync(all: false, Cancel), _monitor.CheckAsync(all: true, Cancel));

        Assert.False(checks[1].IsSound);
    }

    private Task<int> WriteAsync(string sql) =>
        _console.Store.WriteAsync(transaction => Dapper.SqlMapper.Execute(transaction.Connection!, sql, transaction: transaction), Cancel);
}
