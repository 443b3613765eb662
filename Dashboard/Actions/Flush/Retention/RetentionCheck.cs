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
        var (work, begun) = (_working.TryGetValue(flush.Id, out var known) ? known : _working[flush.Id] = new(), time.GetTimestamp());
        do
        {
            var reply = await server.FindForeignAsync(flush.SpareGuard, instance.KeyPrefixes, work.Cursor, budget.PageSize, cancel);
            if (reply is not { Fault: null, Value: { Failed: null, Value: { } page } })
            {
                // A cursor is valid on one connection only.
                _working.Remove(flush.Id);
                backoff.Failed(flush.Id);
                if (reply.Fault is { Kind: FaultKind.NoPerm or FaultKind.Other } refused)
                {
                    await RetentionDelay.SayAsync(
                        audit, flush, $"The names of the kept keys cannot be checked, so they stay there. {FaultSentence.Of(refused)}",
                        cancel);
                }

                return;
            }

            work.Take(page);
            if (work.Cursor == ScanPage.Start)
            {
                await EndAsync(flush, work, cancel);
                return;
            }

            await Task.Delay(budget.Pause, time, cancel);
        }
        while (time.GetElapsedTime(begun) < Slice);
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

        _working.Remove(flush.Id);
        backoff.Forget(flush.Id);
    }

    /// <summary>How far the check of one flush is.</summary>
    private sealed class Work
    {
        private readonly Dictionary<ForeignKind, long> _found = [];
        private long _seen;

        public string Cursor { get; private set; } = ScanPage.Start;

        public IReadOnlyList<ForeignFinding> Findings =>
        [
            .. _found.OrderBy(found => found.Key)
                .Select(found => new ForeignFinding(found.Key, found.Value, _seen, CheckedKeys.All)),
        ];

        public void Take(ForeignKeyPage page)
        {
            (Cursor, _seen) = (page.Cursor, _seen + page.Seen);
            foreach (var (kind, count) in page.Found)
            {
                _found[kind] = _found.GetValueOrDefault(kind) + count;
            }
        }
    }
}
