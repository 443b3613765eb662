using Dashboard.Store;

namespace Dashboard.Audit;

/// <summary>Checks the log in the background: new rows every few seconds, all of it at the start and hourly.</summary>
internal sealed partial class AuditWatch(ConsoleStore store, KeyFile keys, HeadFile heads, AuditLog rows, TimeProvider time, ILogger<AuditWatch> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>How often every row is looked at again.</summary>
    public static readonly TimeSpan FullEvery = TimeSpan.FromHours(1);

    /// <summary>How often every row is looked at because somebody looks: opening a page costs no more.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _gate = new(1);
    private AuditStanding _standing = new(null, null);
    private ChainCheck? _check;
    private DateTimeOffset _fullAt;

    /// <summary>What the badge shows changed. Raised on a pool thread.</summary>
    public event Action? Changed;

    public AuditStanding Standing => Volatile.Read(ref _standing);

    /// <summary>Looks at rows not yet looked at.</summary>
    /// <param name="all">At every row, whatever was found before.</param>
    public async Task<AuditStanding> CheckAsync(bool all, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            var verdict = await VerdictAsync(all, cancel);
            return Become(new(verdict, time.GetUtcNow(), null, rows.HeadTrouble));
        }
        catch (StoreException refused)
        {
            return Fail(refused.Trouble);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Tables that are not ours, for one: whatever it is, the badge is red and the console goes on.
            return Fail(new(false, $"{store.Path} could not be checked: {error.Message}"));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>For somebody who wants to see: at every row, unless that was done a moment ago.</summary>
    public Task<AuditStanding> LookAsync(CancellationToken cancel) => CheckAsync(all: (time.GetUtcNow() - _fullAt).Duration() >= LookEvery, cancel);

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            await CheckAsync(all: false, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<ChainVerdict> VerdictAsync(bool all, CancellationToken cancel)
    {
        if (!keys.Exists && !heads.Exists && await store.ReadAsync(AuditRows.None, cancel))
        {
            return ChainVerdict.Empty;
        }

        // Before the rows: in a sound log what is remembered cannot be ahead of what is read after it.
        var remembered = rows.Committed;
        var key = keys.Open(mayMake: false);
        var head = heads.Read(key);
        var check = await store.ReadAfreshAsync(
            connection =>
            {
                var from = all || MustStartAnew(AuditRows.Newest(connection)) ? Anew(key) : _check!;
                return from.Add(AuditRows.After(connection, from.Last.Sequence), head.Known);
            }, cancel);
        _check = check;
        return check.Verdict(head, remembered);
    }

    /// <summary>An hour passed, or what was found before is no longer what is there.</summary>
    private bool MustStartAnew(long newest) =>
        _check is not { Broken: null } check || check.Last.Sequence > newest || (time.GetUtcNow() - _fullAt).Duration() >= FullEvery;

    private ChainCheck Anew(ChainKey key)
    {
        _fullAt = time.GetUtcNow();
        return new(key);
    }

    private AuditStanding Fail(StoreTrouble trouble)
    {
        _check = null;
        return Become(Standing with { Trouble = trouble, HeadTrouble = rows.HeadTrouble });
    }

    private AuditStanding Become(AuditStanding standing)
    {
        var before = Interlocked.Exchange(ref _standing, standing);
        if (standing.IsSound == false && before.Sentence != standing.Sentence)
        {
            LogWrong(standing.Sentence);
        }
        else if (standing is { IsSound: true, Verdict: { } verdict } && (before.IsSound != true || standing.CheckedAt == _fullAt))
        {
            // Whoever cuts the log's end and its head file would have to cut these lines too, and they are often kept elsewhere.
            LogSound(verdict.Newest.Sequence, Convert.ToHexStringLower(verdict.Newest.Hash.AsSpan(0, 8)), verdict.Rows);
        }

        if (before.Sentence != standing.Sentence || before.IsSound != standing.IsSound)
        {
            Changed?.Invoke();
        }

        return standing;
    }

    [LoggerMessage(501, LogLevel.Error, "The audit log is not proven: {Why} See the Audit page, or run: dotnet Dashboard.dll audit verify")]
    private partial void LogWrong(string why);

    [LoggerMessage(502, LogLevel.Information, "The audit log is as it was written up to row {Row} ({Hash}…); {Rows} rows were checked")]
    private partial void LogSound(long row, string hash, long rows);
}
