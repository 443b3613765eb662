using Dashboard.Audit.Events;
using Dashboard.Changes;

namespace Dashboard.Audit.Aggregation;

/// <summary>
/// Aggregates refusals of signed-in people: the first is written at once, and repetitions within a minute are counted and written in one
/// row.
/// </summary>
internal sealed partial class RepeatedRefusals(AuditTrail trail, TimeProvider time, ILogger<RepeatedRefusals> log)
    : PeriodicWorker(Every, time)
{
    /// <summary>
    /// The maximum number of refusals distinguished in one minute. The others are distinguished by person and act, whatever the instance.
    /// </summary>
    public const int MaxDistinct = 500;

    /// <summary>The maximum including those distinguished by person. The others are distinguished only by act.</summary>
    public const int MaxDistinctWithPeople = MaxDistinct + 100;

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<AuditEvent, Repetition> _repeated = [];

    /// <param name="refusal">The refusal; refusals of one kind must be equal.</param>
    public async Task NoteAsync(AuditEvent refusal, CancellationToken cancel)
    {
        if (IsFirst(refusal) && await trail.NoteAsync(refusal, cancel) is not null)
        {
            // It could not be written, so the row of the minute counts it.
            Add(refusal, new(1, OccurrenceInterval.At(Time.GetUtcNow())));
        }
    }

    /// <summary>Writes the counted repetitions; called by the background loop. What cannot be written stays counted.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        var rest = new Queue<KeyValuePair<AuditEvent, Repetition>>(Take().Where(repetition => repetition.Value.Times > 0));
        try
        {
            for (; rest.TryPeek(out var next) && await WriteAsync(next.Key, next.Value, cancel); rest.Dequeue())
            {
            }
        }
        finally
        {
            foreach (var (refusal, repetition) in rest)
            {
                Add(refusal, repetition);
            }
        }
    }

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

        if (Take().Values.Sum(repetition => repetition.Times) is > 0 and var lost)
        {
            LogLost(lost);
        }
    }

    protected override Task RunOnceAsync(CancellationToken cancel) => FlushAsync(cancel);

    private async Task<bool> WriteAsync(AuditEvent refusal, Repetition repetition, CancellationToken cancel) =>
        await trail.NoteAsync(
            refusal with
            {
                Detail = repetition.When.Ending(refusal.Detail),
                Counts = repetition.Times > 1 ? new Dictionary<string, long> { ["times"] = repetition.Times } : null,
            },
            cancel) is null;

    private bool IsFirst(AuditEvent refusal)
    {
        lock (_lock)
        {
            var key = KeyOf(refusal);
            var isFirst = !_repeated.TryGetValue(key, out var repetition);
            _repeated[key] = isFirst ? default : repetition.With(new(1, OccurrenceInterval.At(Time.GetUtcNow())));
            return isFirst;
        }
    }

    private void Add(AuditEvent refusal, Repetition repetition)
    {
        lock (_lock)
        {
            var key = KeyOf(refusal);
            _repeated[key] = _repeated.GetValueOrDefault(key).With(repetition);
        }
    }

    private Dictionary<AuditEvent, Repetition> Take()
    {
        lock (_lock)
        {
            return Interlocked.Exchange(ref _repeated, []);
        }
    }

    private AuditEvent KeyOf(AuditEvent refusal)
    {
        // Two refusals are equal even if different objects hold their counts.
        var whole = refusal with { Counts = null };
        var ofPerson = new AuditEvent(refusal.Action, refusal.Actor, refusal.Address) { Result = refusal.Result };
        return IsDistinct(whole, MaxDistinct) ? whole
            : IsDistinct(ofPerson, MaxDistinctWithPeople) ? ofPerson
            : new(refusal.Action, AnonymousFailures.Others) { Result = refusal.Result };
    }

    private bool IsDistinct(AuditEvent key, int max) => _repeated.ContainsKey(key) || _repeated.Count < max;

    /// <summary>Repetitions after the first refusal, which was written; with none, <c>When</c> has no meaning.</summary>
    private readonly record struct Repetition(long Times, OccurrenceInterval When)
    {
        public Repetition With(Repetition more) => new(Times + more.Times, Times == 0 ? more.When : When.With(more.When));
    }

    [LoggerMessage(512, LogLevel.Warning, "{Times} refusals could not be written to the audit log before the console stopped")]
    private partial void LogLost(long times);

    [LoggerMessage(
        514, LogLevel.Error, "Writing counted refusals to the audit log failed unexpectedly; it is tried again in a minute")]
    protected override partial void LogUnexpected(Exception error);
}
