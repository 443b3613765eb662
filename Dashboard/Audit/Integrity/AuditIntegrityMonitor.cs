using System.Globalization;
using Dashboard.Audit.Chain;
using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Audit.Integrity;

/// <summary>Checks the log in the background: new rows every few seconds, all rows at the start and hourly.</summary>
/// <remarks>It also backs up the change feed: rows that another console added are raised here once they are found.</remarks>
internal sealed partial class AuditIntegrityMonitor(
    IConsoleStore store, AuditKeyFile keys, AuditHeadFile heads, AuditChain rows, ChangeFeed changes, TimeProvider time,
    ILogger<AuditIntegrityMonitor> log)
    : PeriodicWorker(Every, time, atStart: true)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>How often every row is checked again.</summary>
    public static readonly TimeSpan FullEvery = TimeSpan.FromHours(1);

    /// <summary>How often a person's visit checks every row: opening pages more often costs no more.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private Task<AuditIntegrity>? _latest;
    private bool _latestIsFull;
    private AuditIntegrity _integrity = new(null, null);
    private ChainCheck? _check;
    private DateTimeOffset _fullAt;
    private long _newest;

    /// <summary>Raised, on a pool thread, when what the badge shows changed.</summary>
    public event Action? Changed;

    public AuditIntegrity Current => Volatile.Read(ref _integrity);

    /// <summary>
    /// Checks rows not yet checked. One check runs at a time for the whole console: a caller shares a check in progress or waiting if it
    /// covers enough.
    /// </summary>
    /// <param name="all">Checks every row, whatever was found before.</param>
    public Task<AuditIntegrity> CheckAsync(bool all, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (_latest is not { IsCompleted: false } || (all && !_latestIsFull))
            {
                (_latest, _latestIsFull) = (CheckAfterAsync(_latest, all), all);
            }

            return _latest.WaitAsync(cancel);
        }
    }

    private async Task<AuditIntegrity> CheckAfterAsync(Task? before, bool all)
    {
        // Never on the caller's thread: it holds the lock, and may be rendering a page.
        await (before ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        return await CheckNowAsync(all, _end.Token);
    }

    private async Task<AuditIntegrity> CheckNowAsync(bool all, CancellationToken cancel)
    {
        try
        {
            var verdict = await VerdictAsync(all, cancel);
            RaiseFound(verdict.Newest.Sequence);
            return SetIntegrity(new(verdict, Time.GetUtcNow(), null, rows.HeadFailure));
        }
        catch (StoreException refused)
        {
            return Fail(refused.Failure);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // One cause is a table that is not ours. Whatever it is, the badge turns red and the console continues.
            return Fail(new(false, $"{store.Location} could not be checked: {error.Message}"));
        }
    }

    /// <summary>Checks every row for a person who opens the page, unless that was done a moment ago.</summary>
    public Task<AuditIntegrity> CheckRecentlyAsync(CancellationToken cancel) =>
        CheckAsync(all: (Time.GetUtcNow() - _fullAt).Duration() >= LookEvery, cancel);

    public override void Dispose()
    {
        // A check in progress stops, and releases what it holds.
        _end.Cancel();
        base.Dispose();
    }

    protected override Task RunOnceAsync(CancellationToken cancel) => CheckAsync(all: false, cancel);

    private async Task<ChainVerdict> VerdictAsync(bool all, CancellationToken cancel)
    {
        if (!keys.Exists && !heads.Exists && rows.Committed.Sequence == 0
            && await store.ReadAsync(
                connection => AuditRows.None(connection) && !PriorUseEvidence.ExistsIn(connection, store.Dialect), cancel))
        {
            return ChainVerdict.Empty;
        }

        // Read before the rows: in a sound log, what is remembered cannot be ahead of what is read later.
        var remembered = rows.Committed;
        var key = keys.Open(mayMake: false);
        var head = heads.Read(key);
        var (check, inUse) = await store.ReadFromDiskAsync(
            connection =>
            {
                // Read before the rows: accounts are written with a row.
                var inUse = PriorUseEvidence.ExistsIn(connection, store.Dialect);
                var from = all || MustRestart(AuditRows.Newest(connection)) ? StartFullCheck(key) : _check!;
                return (from.Add(AuditRows.After(connection, from.Last.Sequence), head.Known), inUse);
            }, cancel);
        _check = check;
        return check.Verdict(head, remembered, inUse);
    }

    /// <summary>Whether the check must start from the first row: an hour passed, or the rows found before are no longer there.</summary>
    private bool MustRestart(long newest) =>
        _check is not { Broken: null } check || check.Last.Sequence > newest || (Time.GetUtcNow() - _fullAt).Duration() >= FullEvery;

    private ChainCheck StartFullCheck(ChainKey key)
    {
        _fullAt = Time.GetUtcNow();
        return new(key);
    }

    /// <summary>Raises rows that another console added; rows of this console were raised when it appended them.</summary>
    private void RaiseFound(long newest)
    {
        if (newest > Math.Max(_newest, rows.Committed.Sequence))
        {
            changes.Raise(new(ChangeKind.AuditRow, Id: newest.ToString(CultureInfo.InvariantCulture)));
        }

        _newest = newest;
    }

    private AuditIntegrity Fail(StoreFailure failure)
    {
        _check = null;
        return SetIntegrity(Current with { Failure = failure, HeadFailure = rows.HeadFailure });
    }

    private AuditIntegrity SetIntegrity(AuditIntegrity integrity)
    {
        var before = Interlocked.Exchange(ref _integrity, integrity);
        if (integrity.IsSound == false && before.Sentence != integrity.Sentence)
        {
            LogWrong(integrity.Sentence);
        }
        else if (integrity is { IsSound: true, Verdict: { } verdict } && (before.IsSound != true || integrity.CheckedAt == _fullAt))
        {
            // An attacker who cuts off the end of the log and its head file would have to cut these lines too, and they are often kept
            // elsewhere.
            LogSound(verdict.Newest.Sequence, Convert.ToHexStringLower(verdict.Newest.Hash.AsSpan(0, 8)), verdict.Rows);
        }

        if (before.Sentence != integrity.Sentence || before.IsSound != integrity.IsSound)
        {
            Changed?.Invoke();
        }

        return integrity;
    }

    [LoggerMessage(
        501, LogLevel.Error, "The audit log is not verified: {Why} See the Audit page, or run: dotnet Dashboard.dll audit verify")]
    private partial void LogWrong(string why);

    [LoggerMessage(506, LogLevel.Error, "Checking the audit log failed unexpectedly; it is tried again in 5 s")]
    protected override partial void LogUnexpected(Exception error);

    [LoggerMessage(502, LogLevel.Information, "The audit log is as it was written up to row {Row} ({Hash}…); {Rows} rows were checked")]
    private partial void LogSound(long row, string hash, long rows);
}
