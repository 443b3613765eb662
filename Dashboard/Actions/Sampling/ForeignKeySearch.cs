using Dashboard.Actions.Scanning;
using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Actions.Sampling;

/// <summary>
/// Looks at the name of every key of one database for keys that do not belong in a cache. A paced scan that only reads; where the server
/// becomes slow, it continues slowly.
/// </summary>
/// <param name="keys">About how many keys there are.</param>
internal sealed class ForeignKeySearch(
    Instance instance, ServerPrecondition precondition, long keys, ScanBudget budget, TimeProvider time)
    : IScanProgress, IDisposable
{
    /// <summary>The longest search. A database of 18 million keys takes as long at full pace.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(10);

    private readonly long _begunAt = time.GetTimestamp();
    private readonly ForeignKeyCounts _counts = new();
    private readonly CancellationTokenSource _abandoned = new();
    private volatile SearchState _state = new(0, 0, [], null);

    /// <summary>The server and database whose keys it looks at.</summary>
    public ServerPrecondition Precondition => precondition;

    /// <summary>Since it began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begunAt);

    /// <summary>How far it is.</summary>
    public SearchState State => _state;

    /// <summary>Completes when the search has ended, for whatever reason.</summary>
    public Task Over { get; private set; } = Task.CompletedTask;

    string? IScanProgress.Stop =>
        Elapsed > MaxDuration ? $"It took longer than {MaxDuration.TotalMinutes:0} min." : null;

    void IScanProgress.Report(long done, long? of, string says) =>
        _state = _state with { Fraction = of is > 0 ? Math.Min(1, done / (double)of) : 0 };

    /// <summary>Begins in the background.</summary>
    /// <param name="servers">Makes the connection to the server.</param>
    public void Begin(Func<Instance, IServerActor> servers)
    {
        var abandoned = _abandoned.Token;
        Over = Task.Run(() => RunAsync(servers, abandoned), abandoned);
    }

    /// <summary>Ends it: nobody uses its result any more.</summary>
    public void Dispose()
    {
        _abandoned.Cancel();
        _abandoned.Dispose();
    }

    private async Task RunAsync(Func<Instance, IServerActor> servers, CancellationToken cancel)
    {
        var abort = "It was ended.";
        try
        {
            await using var server = servers(instance);
            var scan = new KeyspaceScan(server, this, budget, time) { EndsWhereSlow = false };
            // Pages never connect on their own.
            abort = (await server.InfoAsync(cancel)).Fault is { } fault
                ? FaultSentence.Of(fault)
                : (await scan.OverAsync((cursor, size) => PageAsync(server, cursor, size, cancel), keys, cancel))?.Sentence;
        }
        finally
        {
            var last = _state;
            _state = last with
            {
                IsComplete = abort is null,
                Fraction = abort is null ? 1 : last.Fraction,
                Findings = abort is null ? [.. last.Findings.Select(found => found with { Among = CheckedKeys.All })] : last.Findings,
                EndedAt = time.GetUtcNow(),
                Abort = abort,
            };
        }
    }

    private async Task<Reply<PreconditionResult<ScanPage>>> PageAsync(
        IServerActor server, string cursor, int size, CancellationToken cancel)
    {
        if (cursor == ScanPage.Start)
        {
            _counts.Clear();
            _state = _state with { Seen = 0, Findings = [] };
        }

        var reply = await server.FindForeignAsync(precondition, instance.KeyPrefixes, cursor, size, cancel);
        if (reply is not { Fault: null, Value: { Failed: null, Value: { } page } })
        {
            return reply.Fault is { } fault ? fault : (PreconditionResult<ScanPage>)reply.Value!.Failed!;
        }

        _counts.Add(page);
        _state = _state with { Seen = _counts.Seen, Findings = _counts.Findings(CheckedKeys.FirstPart) };
        return (PreconditionResult<ScanPage>)new ScanPage(page.Cursor, page.Seen, 0);
    }
}
