using Dashboard.Audit.Events;
using Dashboard.Changes;

namespace Dashboard.Audit.Aggregation;

/// <summary>Refusals of people who are signed in: the first is written at once, and the same again within a minute is counted and written in one row.</summary>
internal sealed partial class RepeatedRefusals(AuditTrail trail, TimeProvider time, ILogger<RepeatedRefusals> log)
    : PeriodicWorker(Every, time)
{
    /// <summary>Refusals told apart in one minute. The rest are told apart by who was refused what, whatever the instance.</summary>
    public const int MostApart = 500;

    /// <summary>With those told apart by person. The rest are told apart by what was refused alone.</summary>
    public const int MostPeople = MostApart + 100;

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<AuditEvent, Again> _again = [];

    /// <param name="refusal">Such that refusals of one kind are equal.</param>
    public async Task NoteAsync(AuditEvent refusal, CancellationToken cancel)
    {
        if (IsFirst(refusal) && await trail.NoteAsync(refusal, cancel) is not null)
        {
            // It could not be written: then the minute's row counts it.
            Add(refusal, new(1, OccurrenceInterval.At(Time.GetUtcNow())));
        }
    }

    /// <summary>Writes what was counted; called by the background loop. What cannot be written is counted on.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        var rest = new Queue<KeyValuePair<AuditEvent, Again>>(Take().Where(again => again.Value.Times > 0));
        try
        {
            for (; rest.TryPeek(out var next) && await WriteAsync(next.Key, next.Value, cancel); rest.Dequeue())
            {
            }
        }
        finally
        {
            foreach (var (refusal, again) in rest)
            {
                Add(refusal, again);
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
            // The program may wait no longer.
        }

        if (Take().Values.Sum(again => again.Times) is > 0 and var lost)
        {
            LogLost(lost);
        }
    }

    protected override Task RunOnceAsync(CancellationToken cancel) => FlushAsync(cancel);

    private async Task<bool> WriteAsync(AuditEvent refusal, Again again, CancellationToken cancel) =>
        await trail.NoteAsync(refusal with { Detail = again.When.Ending(refusal.Detail), Counts = new Dictionary<string, long> { ["times"] = again.Times } }, cancel) is null;

    private bool IsFirst(AuditEvent refusal)
    {
        lock (_lock)
        {
            var key = KeyOf(refusal);
            var isFirst = !_again.TryGetValue(key, out var again);
            _again[key] = isFirst ? default : again.With(new(1, OccurrenceInterval.At(Time.GetUtcNow())));
            return isFirst;
        }
    }

    private void Add(AuditEvent refusal, Again again)
    {
        lock (_lock)
        {
            var key = KeyOf(refusal);
            _again[key] = _again.GetValueOrDefault(key).With(again);
        }
    }

    private Dictionary<AuditEvent, Again> Take()
    {
        lock (_lock)
        {
            return Interlocked.Exchange(ref _again, []);
        }
    }

    private AuditEvent KeyOf(AuditEvent refusal)
    {
        // Two refusals are no different for being counted by two objects.
        var whole = refusal with { Counts = null };
        var ofPerson = new AuditEvent(refusal.Action, refusal.Actor, refusal.Address) { Result = refusal.Result };
        return IsApart(whole, MostApart) ? whole
            : IsApart(ofPerson, MostPeople) ? ofPerson
            : new(refusal.Action, AnonymousFailures.Others) { Result = refusal.Result };
    }

    private bool IsApart(AuditEvent key, int most) => _again.ContainsKey(key) || _again.Count < most;

    /// <summary>What came after the first that was written: none at first, and then <c>When</c> means nothing.</summary>
    private readonly record struct Again(long Times, OccurrenceInterval When)
    {
        public Again With(Again more) => new(Times + more.Times, Times == 0 ? more.When : When.With(more.When));
    }

    [LoggerMessage(512, LogLevel.Warning, "{Times} refusals could not be written to the audit log before the console stopped")]
    private partial void LogLost(long times);

    [LoggerMessage(
        514, LogLevel.Error,
        "Writing counted refusals to the audit log failed in a way it should not; it is tried again in a minute")]
    protected override partial void LogUnexpected(Exception error);
}
