using Dashboard.Audit.Chain;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using SQLitePCL;

namespace Dashboard.Audit.Intents;

/// <summary>
/// A disk stalls in the middle of a commit: the caller gets a correct answer, and a commit that completes later is followed up.
/// </summary>
public sealed class CommitRaceTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly OpenTrail _console;
    private readonly SemaphoreSlim _committing = new(0);
    private readonly ManualResetEventSlim _resume = new(true);

    public CommitRaceTests() => _console = new(_folder.Path, _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _resume.Set();
        _console.Dispose();
        _folder.Dispose();
        _committing.Dispose();
        _resume.Dispose();
    }

    [Fact]
    public async Task IntentCommittedLate_IsConcludedAsRefused_AndTheHeadFollows()
    {
        await StallAsync();
        var intending = _console.Trail.IntendAsync(OpenTrail.Event("cache.flush"), TimeSpan.FromSeconds(30), Cancel);
        await _committing.WaitAsync(Cancel);
        _time.Advance(AuditTrail.MaxWait);

        Assert.Contains(
            "the row may have been written anyway", Assert.IsType<IntentResult.Refused>(await intending).Failure.Why,
            StringComparison.Ordinal);
        _resume.Set();
        await Eventually.Async(async () => (await _console.RowsAsync()).Count == 2 && HeadAt() == 2);

        Assert.Equal(
            [("intent", "started", null), ("outcome", "refused", "The intent was recorded too late; nothing was done.")],
            (await _console.RowsAsync()).Select(row => (row.Kind, row.Result, row.Detail)));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await _console.Sweep.SweepAsync(Cancel));
        Assert.True((await _console.CheckAsync()).IsSound);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EventCommittedLate_AdvancesTheHead(bool cancelled)
    {
        await StallAsync();
        using var over = new CancellationTokenSource();
        var noting = _console.Trail.NoteAsync(OpenTrail.Event(), over.Token);
        await _committing.WaitAsync(Cancel);
        _time.Advance(cancelled ? TimeSpan.Zero : AuditTrail.MaxWait);
        await (cancelled ? over.CancelAsync() : Task.CompletedTask);

        var error = await Record.ExceptionAsync(() => noting);
        Assert.Equal(cancelled, error is OperationCanceledException);
        _resume.Set();

        await Eventually.Async(() => Task.FromResult(HeadAt() == 1));
        Assert.Equal(1, _console.Log.Committed.Sequence);
    }

    [Fact]
    public async Task WorkNotDoneInTime_IsRolledBack_AndReported()
    {
        using var working = new SemaphoreSlim(0);
        _resume.Reset();
        var writing = _console.Trail.WriteAsync(OpenTrail.Event(), _ => working.Release() + Wait(), Cancel);
        await working.WaitAsync(Cancel);
        _time.Advance(AuditTrail.MaxWait);

        Assert.EndsWith(
            "nothing was written.", (await Assert.ThrowsAsync<StoreException>(() => writing)).Message, StringComparison.Ordinal);
        _resume.Set();

        await _console.NoteAsync(1);
        Assert.Single(await _console.RowsAsync());
    }

    [Fact]
    public async Task HeadFileOnAHungDisk_DelaysNoOne_AndWarnsUntilItIsWrittenAgain()
    {
        await _console.NoteAsync(1);
        using (PrivateFile.Open(_folder.File("audit.head.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var noting = _console.Trail.NoteAsync(OpenTrail.Event(), Cancel);
            await Eventually.Async(() => Task.FromResult(_console.Log.Committed.Sequence == 2));
            await Eventually.Async(() => Advance(AuditChain.MaxHeadWait, noting));

            Assert.Null(await noting);
            Assert.Equal(
                $"The audit head file {_folder.File("audit.head")} was not written within 2 s: its disk hangs.", _console.Log.HeadFailure);
            Assert.Null(await _console.Trail.NoteAsync(OpenTrail.Event(), Cancel));
        }

        await Eventually.Async(() => Advance(TimeSpan.FromMilliseconds(5), null));
        Assert.True((await _console.CheckAsync()).IsSound);
    }

    private Task<bool> Advance(TimeSpan by, Task? until)
    {
        _time.Advance(by);
        return Task.FromResult(until?.IsCompleted ?? (HeadAt() == 3 && _console.Log.HeadFailure is null));
    }

    private long HeadAt() => _console.Heads.Read(_console.Keys.Open(mayMake: true)).Known?.Sequence ?? 0;

    private int Stall()
    {
        _committing.Release();
        return Wait();
    }

    private int Wait()
    {
        _resume.Wait(CancellationToken.None);
        return 0;
    }

    /// <summary>Stalls the disk from the next commit on.</summary>
    private async Task StallAsync()
    {
        await _console.Store.WriteAsync(
            transaction =>
            {
                raw.sqlite3_commit_hook(
                    Assert.IsType<SqliteConnection>(transaction.Connection).Handle, _ => _resume.IsSet ? 0 : Stall(), null);
                return true;
            }, Cancel);
        _resume.Reset();
    }
}
