using Dashboard.Actions.Sampling;
using Dashboard.Actions.Scanning;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// Checks the names of what a flush retains, where not all were checked before it: only then may it be deleted. It works a bounded time in
/// each round. Used by one sweep, one flush after the other.
/// </summary>
internal sealed class RetentionCheck(
    RetainedFlushes flushes, RetryBackoff backoff, AuditTrail audit, ScanBudget budget, TimeProvider time)
{
    /// <summary>How long one flush is worked on in a round, so that others get their turn.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<Guid, Work> _working = [];

    public void ForgetAllBut(IReadOnlyCollection<Guid> open)
    {
        foreach (var flush in _working.Keys.Except(open).ToList())
        {
            _working.Remove(flush);
        }
    }

    /// <summary>Begins to check, or continues.</summary>
    public async Task RunAsync(RetainedFlush flush, Instance instance, IServerActor server, CancellationToken cancel)
    {
        var work = _working.TryGetValue(flush.Id, out var known) ? known : _working[flush.Id] = new(ScanPacing.Begin(budget));
        var begun = time.GetTimestamp();
        do
        {
            var asked = time.GetTimestamp();
            var reply = await server.FindForeignAsync(flush.SpareGuard, instance.KeyPrefixes, work.Cursor, work.Pacing.Size, cancel);
            if (reply is not { Fault: null, Value: { Failed: null, Value: { } page } })
            {
                // Each page checks which server process answers, so the cursor stays valid.
                backoff.Failed(flush.Id);
                await SayAsync(flush, reply.Fault, cancel);
                return;
            }

            work.Take(page, time.GetElapsedTime(asked), time.GetElapsedTime(0));
            if (work.Cursor == ScanPage.Start)
            {
                await EndAsync(flush, work, cancel);
                return;
            }

            await Task.Delay(work.Pacing.Pause, time, cancel);
        }
        while (time.GetElapsedTime(begun) < Slice);
    }

    /// <summary>Says why what is kept is not deleted once its time is over.</summary>
    private async Task SayAsync(RetainedFlush flush, Fault? fault, CancellationToken cancel)
    {
        if (fault is not null && time.GetUtcNow() >= flush.EndsAt)
        {
            await RetentionDelay.SayAsync(
                audit, flush, $"The names of the kept keys cannot be checked, so they stay there. {FaultSentence.Of(fault)}", cancel);
        }
    }

    private async Task EndAsync(RetainedFlush flush, Work work, CancellationToken cancel)
    {
        var findings = work.Findings;
        if (await flushes.SetForeignKeysAsync(flush.Id, string.Join("; ", findings.Select(finding => finding.Summary)), cancel)
            && findings is [var first, ..])
        {
            await audit.NoteAsync(
                RetentionEvents.Purge(flush) with
                {
                    Result = AuditResult.Refused,
                    Detail = $"{first.Sentence} Nothing of it is deleted until a person decides; Undo brings it back.",
                }, cancel);
        }

        await flushes.SetDelayAsync(flush, null);
        _working.Remove(flush.Id);
        backoff.Forget(flush.Id);
    }

    /// <summary>How far the check of one flush is.</summary>
    private sealed class Work(ScanPacing pacing)
    {
        private readonly ForeignKeyCounts _counts = new();

        public string Cursor { get; private set; } = ScanPage.Start;

        public ScanPacing Pacing { get; private set; } = pacing;

        public IReadOnlyList<ForeignFinding> Findings => _counts.Findings(CheckedKeys.All);

        /// <param name="took">The round trip of the page.</param>
        /// <param name="now">On the monotonic clock.</param>
        public void Take(ForeignKeyPage page, TimeSpan took, TimeSpan now)
        {
            (Cursor, Pacing) = (page.Cursor, Pacing.After(took, now));
            _counts.Add(page);
        }
    }
}
