using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Audit;

/// <summary>What the badge shows, and when.</summary>
public sealed class AuditWatchTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly LogLines<AuditWatch> _log = new();
    private readonly OpenTrail _console;
    private readonly AuditWatch _watch;
    private int _changes;

    public AuditWatchTests()
    {
        _console = new(_folder.Path, _time);
        _watch = new(_console.Store, _console.Keys, _console.Heads, _console.Log, _time, _log);
        _watch.Changed += () => _changes++;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _watch.Dispose();
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task BeforeTheFirstCheck_NothingIsClaimed_AndAnEmptyLogIsSound()
    {
        Assert.Equal((null, "The audit log is being checked for the first time."), (_watch.Standing.IsSound, _watch.Standing.Sentence));

        var standing = await _watch.CheckAsync(all: false, Cancel);

        Assert.Equal((true, "The audit log is empty.", Given.Start), (standing.IsSound, standing.Sentence, standing.CheckedAt));
        Assert.False(File.Exists(_folder.File("audit.head")), "looking begins nothing");
    }

    [Fact]
    public async Task NewRow_IsLookedAtByItself_AndAnOldOneWithinTheHour()
    {
        await _console.NoteAsync(5);
        Assert.True((await _watch.CheckAsync(all: false, Cancel)).IsSound);
        _console.Tamper("UPDATE audit SET actor = 'ben' WHERE sequence = 3");
        await _console.NoteAsync(1);

        Assert.True((await _watch.CheckAsync(all: false, Cancel)).IsSound, "only what is new is looked at every few seconds");
        _time.Advance(AuditWatch.FullEvery);
        var standing = await _watch.CheckAsync(all: false, Cancel);

        Assert.Equal((false, false), (standing.IsSound, standing.CanBeAcknowledged));
        Assert.StartsWith("Row 3 (2026-03-01 12:00:00 UTC) was changed", standing.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SomebodyWhoOpensThePage_HasAllLookedAt_ButNotEachTimeAnew()
    {
        await _console.NoteAsync(5);
        await _watch.CheckAsync(all: false, Cancel);
        _console.Tamper("UPDATE audit SET actor = 'ben' WHERE sequence = 3");

        Assert.True((await _watch.LookAsync(Cancel)).IsSound, "all of it was looked at in this moment");
        _time.Advance(AuditWatch.LookEvery);

        Assert.False((await _watch.LookAsync(Cancel)).IsSound);
    }

    [Fact]
    public async Task NewlyBrokenLog_IsLoggedOnce_AndTold()
    {
        await _console.NoteAsync(5);
        await _watch.CheckAsync(all: false, Cancel);
        _time.Advance(AuditWatch.Every);
        await _watch.CheckAsync(all: false, Cancel);
        var before = _changes;
        _console.Tamper("DELETE FROM audit WHERE sequence = 2");

        await _watch.CheckAsync(all: true, Cancel);
        await _watch.CheckAsync(all: false, Cancel);
        await _watch.CheckAsync(all: true, Cancel);

        Assert.Equal(1, _changes - before);
        Assert.Single(_log.Lines, line => line.StartsWith("Error: The audit log is not proven: Row 2 is deleted", StringComparison.Ordinal));
        Assert.Single(_log.Lines, line => line.StartsWith("Information: The audit log is as it was written up to row 5 (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TroubleWithTheFile_IsRed_KeepsTheLastVerdict_AndEnds()
    {
        await _console.NoteAsync(5);
        await _watch.CheckAsync(all: false, Cancel);
        await WriteAsync("ALTER TABLE audit RENAME TO elsewhere");

        var standing = await _watch.CheckAsync(all: false, Cancel);
        Assert.Equal((false, false, 5L), (standing.IsSound, standing.CanBeAcknowledged, standing.Verdict?.Rows));
        Assert.Contains("console.db cannot be used", standing.Sentence, StringComparison.Ordinal);

        await WriteAsync("ALTER TABLE elsewhere RENAME TO audit");
        Assert.True((await _watch.CheckAsync(all: false, Cancel)).IsSound);
    }

    [Fact]
    public async Task MissingRows_CanBeAcknowledged_AndThenItIsGreen()
    {
        await _console.NoteAsync(5);
        _console.Tamper("DELETE FROM audit WHERE sequence > 3");

        Assert.True((await _watch.CheckAsync(all: false, Cancel)).CanBeAcknowledged);
        Assert.IsType<AcknowledgeReply.Acknowledged>(await _console.Trail.AcknowledgeRestoreAsync("keeper", null, "backup", Cancel));

        Assert.True((await _watch.CheckAsync(all: false, Cancel)).IsSound);
    }

    private Task<int> WriteAsync(string sql) => _console.Store.WriteAsync(transaction => Dapper.SqlMapper.Execute(transaction.Connection!, sql, transaction: transaction), Cancel);
}
