using Dashboard.Audit.Events;
using Dashboard.Changes;

namespace Dashboard.Audit.Aggregation;

/// <summary>
/// Aggregates failures of unknown people, such as wrong passwords, so that a flood of them writes one row per address, action and minute,
/// and not one each.
/// </summary>
internal sealed partial class AnonymousFailures(AuditTrail trail, TimeProvider time, ILogger<AnonymousFailures> log)
    : PeriodicWorker(Every, time)
{
    /// <summary>The maximum number of addresses and actions distinguished in one minute; the others share a row per action.</summary>
    public const int MaxDistinct = 50;

    /// <summary>The address of the row that the others share.</summary>
    public const string Others = "others";

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<(string Address, string Action), AnonymousFailure> _gathered = [];

    /// <summary>Counts a failure. It never blocks and never fails.</summary>
    /// <param name="detail">What went wrong the first time; of later failures only the number and the time of the last are kept. It never
    /// contains what was typed.</param>
    /// <param name="action">One of the few actions that the program knows.</param>
    /// <param name="account">The name of the account or machine token that was tried, where it exists; never a name that does not.</param>
    public void Note(string? address, string action, string detail, string? account = null)
    {
        var failure = new AnonymousFailure(detail, 1, OccurrenceInterval.At(Time.GetUtcNow()))
        {
            Accounts = account is null ? [] : [account],
        };
        lock (_lock)
        {
            var key = KeyOf(AuditText.Clean(address, 64) ?? "?", action);
            _gathered[key] = _gathered.TryGetValue(key, out var before) ? before.With(failure) : failure;
        }
    }

    /// <summary>
    /// Writes the aggregated failures; called by the background loop. What cannot be written, or not before <paramref name="cancel"/>,
    /// stays aggregated.
    /// </summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        var rest = new Queue<KeyValuePair<(string Address, string Action), AnonymousFailure>>(Take());
        try
        {
            for (; rest.TryPeek(out var next) && await WriteAsync(next.Key, next.Value, cancel); rest.Dequeue())
            {
            }
        }
        finally
        {
            foreach (var (key, failure) in rest)
            {
                PutBack(key, failure);
            }
        }
    }

    protected override Task RunOnceAsync(CancellationToken cancel) => FlushAsync(cancel);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The program must stop now.
        }

        if (Take() is { Count: > 0 } lost)
        {
            LogLost(lost.Values.Sum(failure => failure.Times));
        }
    }

    private async Task<bool> WriteAsync(
        (string Address, string Action) key, AnonymousFailure failure, CancellationToken cancel) => await trail.NoteAsync(
        new(key.Action, "anonymous", key.Address)
        {
            Subject = failure.Subject,
            Result = AuditResult.Refused,
            Detail = failure.Detail,
            Counts = failure.Times > 1 ? new Dictionary<string, long> { ["times"] = failure.Times } : null,
        }, cancel) is null;

    private Dictionary<(string Address, string Action), AnonymousFailure> Take()
    {
        lock (_lock)
        {
            return Interlocked.Exchange(ref _gathered, []);
        }
    }

    private void PutBack((string Address, string Action) kept, AnonymousFailure failure)
    {
        lock (_lock)
        {
            var key = KeyOf(kept.Address, kept.Action);
            _gathered[key] = _gathered.TryGetValue(key, out var since) ? failure.With(since) : failure;
        }
    }

    private (string Address, string Action) KeyOf(string address, string action) =>
        _gathered.ContainsKey((address, action)) || _gathered.Count < MaxDistinct ? (address, action) : (Others, action);

    [LoggerMessage(
        510, LogLevel.Warning, "{Times} failures of unknown people could not be written to the audit log before the console stopped")]
    private partial void LogLost(long times);

    [LoggerMessage(
        513, LogLevel.Error,
        "Writing failures of unknown people to the audit log failed unexpectedly; it is tried again in a minute")]
    protected override partial void LogUnexpected(Exception error);
}
