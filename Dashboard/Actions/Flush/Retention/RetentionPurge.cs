using Dashboard.Actions.Scanning;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Audit.Intents;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// Deletes what a flush retained and no Undo used, page by page, a bounded time in each round. It is claimed and recorded before, and its
/// outcome after. Used by one sweep, one flush after the other.
/// </summary>
internal sealed class RetentionPurge(
    RetainedFlushes flushes, RetryBackoff backoff, AuditTrail audit, ScanBudget budget, TimeProvider time)
{
    private static readonly TimeSpan IntentLease = TimeSpan.FromMinutes(1);

    /// <summary>How long one flush is worked on in a round, so that others get their turn.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(500);

    /// <summary>Passes over the keys after which what is left is other clients'.</summary>
    private const int MaxPasses = 3;

    private readonly Dictionary<Guid, Work> _working = [];

    public bool Holds(Guid flush) => _working.ContainsKey(flush);

    public void ForgetAllBut(IReadOnlyCollection<Guid> open)
    {
        foreach (var flush in _working.Keys.Except(open).ToList())
        {
            _working.Remove(flush);
        }
    }

    /// <summary>Begins to purge, or continues.</summary>
    /// <param name="begun">Whether the server shows that a purge has begun: keys may be deleted that this console did not count.</param>
    public async Task RunAsync(RetainedFlush flush, bool begun, IServerActor server, CancellationToken cancel)
    {
        if (!_working.TryGetValue(flush.Id, out var work))
        {
            if ((await server.ClientsAsync(cancel)).Value?.On(flush.Spare) > 0)
            {
                // Another client uses the database: it may be reading what is retained.
                backoff.Failed(flush.Id);
                return;
            }

            if (await ClaimAsync(flush, begun, cancel) is not { } claimed)
            {
                return;
            }

            _working[flush.Id] = work = claimed;
        }
        else if (!await RenewAsync(flush, work, cancel))
        {
            _working.Remove(flush.Id);
            return;
        }

        await WorkAsync(flush, work, server, cancel);
    }

    private async Task<Work?> ClaimAsync(RetainedFlush flush, bool begun, CancellationToken cancel) =>
        await (flush.State == RetentionState.Retained ? flushes.ClaimPurgeAsync(flush) : flushes.ClaimPurgeAgainAsync(flush))
            && await audit.IntendAsync(RetentionEvents.Purge(flush), IntentLease, cancel) is IntentResult.Written written
                ? new()
                {
                    Intent = written.Intent,
                    RenewedAt = time.GetTimestamp(),
                    WasBegun = begun,
                    WasTried = await flushes.WasTriedAsync(flush.Id, Guid.Empty, cancel),
                }
                : null;

    /// <returns>False when another console took it over.</returns>
    private async Task<bool> RenewAsync(RetainedFlush flush, Work work, CancellationToken cancel)
    {
        if (work.Lease is { } own && flush.Lease != own)
        {
            return false;
        }

        work.Lease = flush.Lease;
        if (time.GetElapsedTime(work.RenewedAt) < RetainedFlushes.PurgeLease / 3)
        {
            return true;
        }

        (work.RenewedAt, work.Lease) = (time.GetTimestamp(), null);
        if (work.Intent is { } intent)
        {
            await audit.RenewAsync(intent, IntentLease, cancel);
        }

        return await flushes.ClaimPurgeAgainAsync(flush);
    }

    private async Task WorkAsync(RetainedFlush flush, Work work, IServerActor server, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        var change = await server.ChangeFlushAsync(
            flush.Guard, flush.Spare, flush.Id, RetentionDecision.PurgeFrom, FlushToken.Purging, flush.BegunAt ?? 0,
            cancel);
        if (Objection(flush, change) is { } objection)
        {
            await EndedAsync(flush, work, objection);
            return;
        }

        do
        {
            var page = await server.PurgeAsync(flush.Guard, flush.Spare, flush.Id, work.Cursor, budget.PageSize, cancel);
            if (Objection(flush, page) is { } refused)
            {
                await EndedAsync(flush, work, refused);
                return;
            }

            work.Take(page.Value!.Value);
            if (work.Cursor == ScanPage.Start && await IsEmptyAsync(flush, work, server, cancel))
            {
                await CloseAsync(flush, work, server, cancel);
                return;
            }

            await Task.Delay(budget.Pause, time, cancel);
        }
        while (time.GetElapsedTime(begun) < Slice);
    }

    private static async Task<bool> IsEmptyAsync(RetainedFlush flush, Work work, IServerActor server, CancellationToken cancel)
    {
        var skipped = work.EndPass();
        return work.Passes >= MaxPasses
            || (await server.ReadFlushAsync(flush.Guard, flush.Spare, cancel) is { Value: { Failed: null, Value: { } tokens } }
                && tokens.SpareKeys <= skipped);
    }

    private async Task CloseAsync(RetainedFlush flush, Work work, IServerActor server, CancellationToken cancel)
    {
        var reply = await server.EndFlushAsync(flush.SpareGuard, flush.Id, FlushToken.Purging, cancel);
        if (Objection(flush, reply) is { } objection)
        {
            await EndedAsync(flush, work, objection);
            return;
        }

        var left = reply.Value!.Value;
        var outcome = new ActionOutcome(AuditResult.Done, string.Join(' ', (string[])[Deleted(flush, work), .. Left(flush, left)]))
        {
            Counts = CountText.Known(("purged", work.Deleted), ("left", left > 0 ? left : null)),
        };
        await EndAsync(flush, work, outcome);
    }

    private async Task EndAsync(RetainedFlush flush, Work work, ActionOutcome outcome)
    {
        // Another console may have ended the same purge, and recorded it.
        if (await flushes.EndAsync(flush with { State = RetentionState.Purging, Run = null }, outcome.Sentence)
            || outcome.Result == AuditResult.Done)
        {
            await RecordAsync(flush, work, outcome);
        }

        _working.Remove(flush.Id);
        backoff.Forget(flush.Id);
    }

    private static string Deleted(RetainedFlush flush, Work work)
    {
        var (undo, keys) = (work.WasTried ? "Undo ended early" : "Undo was not used", work.Deleted);
        return (keys, work.WasBegun, work.LostReply) switch
        {
            (0, false, false) => $"{undo}. Database {flush.Spare} was empty already: its keys were "
                + $"{(work.WasTried ? "brought back, evicted or expired" : "evicted or expired")}.",
            (0, true, _) => $"{undo}. Another console began to delete the keys in database {flush.Spare}; none of them is left.",
            (_, true, _) => $"{undo}: at least {Are(keys)} deleted; what another console deleted before is not counted.",
            (_, _, true) => $"{undo}: at least {Are(keys)} deleted; the answer about a part of them was lost.",
            _ => $"{undo}: {Are(keys)} deleted.",
        };

        string Are(long count) => $"{CountText.Keys(count)} in database {flush.Spare} {(count == 1 ? "is" : "are")}";
    }

    private static IEnumerable<string> Left(RetainedFlush flush, long left) => left == 0 ? [] :
    [
        $"{CountText.Keys(left)} in it {(left == 1 ? "was" : "were")} used by another client since the flush and "
            + $"{(left == 1 ? "stays" : "stay")} there.",
    ];

    /// <summary>What was refused, or what became of the question; null where the server did the step.</summary>
    private static (AuditResult Result, string Sentence, bool IsTokenLost)? Objection<T>(
        RetainedFlush flush, Reply<PreconditionResult<T>> reply) => reply switch
        {
            { Fault: { } fault } => (
                fault.Kind is FaultKind.Hung or FaultKind.Closed ? AuditResult.Unknown : AuditResult.Failed,
                FaultSentence.Of(fault), false),
            { Value.Failed: { Condition: "token", Found: var found } }
                when !found.StartsWith(flush.Id.ToString(), StringComparison.Ordinal) => (AuditResult.Unknown, "", true),
            { Value.Failed: { } failed } => (AuditResult.Failed, ScanAbort.OfBreach(failed).Sentence, false),
            _ => null,
        };

    private async Task EndedAsync(RetainedFlush flush, Work work, (AuditResult Result, string Sentence, bool IsTokenLost) objection)
    {
        if (objection.IsTokenLost)
        {
            await EndAsync(
                flush, work,
                new(AuditResult.Unknown, RetentionEvents.TokenLost(flush)) { Counts = CountText.Known(("purged", work.Deleted)) });
            return;
        }

        backoff.Failed(flush.Id);
        work.Restart(lostReply: objection.Result == AuditResult.Unknown);
        if (work.Said != objection.Sentence)
        {
            work.Said = objection.Sentence;
            await RecordAsync(flush, work, new(objection.Result, objection.Sentence));
        }
    }

    /// <summary>
    /// Records an outcome: the first belongs to the intent, later ones are rows of their own. What was done must be known.
    /// </summary>
    private async Task RecordAsync(RetainedFlush flush, Work work, ActionOutcome outcome)
    {
        if (work.Intent is { } intent)
        {
            await audit.ConcludeAsync(intent, outcome.Result, outcome.Sentence, outcome.Counts, CancellationToken.None);
            work.Intent = null;
        }
        else
        {
            await audit.NoteAsync(
                RetentionEvents.Purge(flush) with { Result = outcome.Result, Detail = outcome.Sentence, Counts = outcome.Counts },
                CancellationToken.None);
        }
    }

    /// <summary>How far this console is with one flush.</summary>
    private sealed class Work
    {
        private long _skipped;

        public AuditIntent? Intent { get; set; }

        public long RenewedAt { get; set; }

        /// <summary>The lease of the row while this console works on it; null until the next round reads it.</summary>
        public DateTimeOffset? Lease { get; set; }

        /// <summary>Whether another console had begun it: more may be deleted than was counted.</summary>
        public bool WasBegun { get; init; }

        /// <summary>Whether an Undo was tried, and may have brought keys back.</summary>
        public bool WasTried { get; init; }

        public string Cursor { get; private set; } = ScanPage.Start;

        public long Deleted { get; private set; }

        /// <summary>Whether the answer to a page was lost, so that more may be deleted than was counted.</summary>
        public bool LostReply { get; private set; }

        public int Passes { get; private set; }

        /// <summary>The last failure that was recorded: a repeated one is recorded once.</summary>
        public string? Said { get; set; }

        public void Take(ScanPage page) => (Cursor, Deleted, _skipped) = (page.Cursor, Deleted + page.Done, _skipped + page.Left);

        /// <returns>How many keys the pass left alone.</returns>
        public long EndPass()
        {
            var skipped = _skipped;
            (Passes, _skipped) = (Passes + 1, 0);
            return skipped;
        }

        /// <summary>Begins a pass again: a cursor is valid on one connection only.</summary>
        public void Restart(bool lostReply) => (Cursor, _skipped, LostReply) = (ScanPage.Start, 0, LostReply || lostReply);
    }
}
