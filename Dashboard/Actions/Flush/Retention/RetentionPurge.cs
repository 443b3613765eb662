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
                await RetentionDelay.SayAsync(audit, flush, RetentionDelay.ClientOn(flush.Spare), cancel);
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

    /// <summary>
    /// Ends a purge whose last step was sent and whose token is gone: the answer was lost, and the server did not answer then.
    /// </summary>
    /// <returns>False where that is not proven.</returns>
    public async Task<bool> TryConcludeAsync(RetainedFlush flush, FlushTokens? tokens)
    {
        if (tokens is null || !_working.TryGetValue(flush.Id, out var work) || !work.EndSent
            || !RetentionEnd.IsDone(tokens, work.Skipped))
        {
            return false;
        }

        await ConcludeAsync(flush, work, tokens.SpareKeys);
        return true;
    }

    private async Task<Work?> ClaimAsync(RetainedFlush flush, bool begun, CancellationToken cancel) =>
        await (flush.State == RetentionState.Retained ? flushes.ClaimPurgeAsync(flush) : flushes.ClaimPurgeAgainAsync(flush))
            && await audit.IntendAsync(RetentionEvents.Purge(flush), IntentLease, cancel) is IntentResult.Written written
                ? new()
                {
                    Intent = written.Intent,
                    RenewedAt = time.GetTimestamp(),
                    Delay = flush.Delay,
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
        if (StepObjection.Of(flush, change) is { } objection)
        {
            await EndedAsync(flush, work, objection);
            return;
        }

        do
        {
            var page = await server.PurgeAsync(flush.Guard, flush.Spare, flush.Id, work.Cursor, budget.PageSize, cancel);
            if (StepObjection.Of(flush, page) is { } refused)
            {
                work.LostReply |= refused.Obstacle == StepObstacle.ReplyLost;
                await EndedAsync(flush, work, refused);
                return;
            }

            work.Take(page.Value!.Value);
            await SetDelayAsync(flush, work, null);
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
        work.EndPass();
        return work.Passes >= MaxPasses
            || (await server.ReadFlushAsync(flush.Guard, flush.Spare, cancel) is { Value: { Failed: null, Value: { } tokens } }
                && tokens.SpareKeys <= work.Skipped);
    }

    private async Task CloseAsync(RetainedFlush flush, Work work, IServerActor server, CancellationToken cancel)
    {
        work.EndSent = true;
        var reply = await RetentionEnd.EndAsync(flush, FlushToken.Purging, work.Skipped, server, cancel);
        await (StepObjection.Of(flush, reply) is { } objection
            ? EndedAsync(flush, work, objection)
            : ConcludeAsync(flush, work, reply.Value!.Value));
    }

    private Task ConcludeAsync(RetainedFlush flush, Work work, long left) => EndAsync(
        flush, work, new(AuditResult.Done, string.Join(' ', (string[])[Deleted(flush, work), .. Left(flush, left)]))
        {
            Counts = CountText.Known(("purged", work.Deleted), ("left", left > 0 ? left : null)),
        });

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

    private async Task EndedAsync(RetainedFlush flush, Work work, StepObjection objection)
    {
        var outcome = objection.Abort.Outcome;
        if (objection.Obstacle == StepObstacle.TokenLost)
        {
            await EndAsync(flush, work, outcome with { Counts = CountText.Known(("purged", work.Deleted)) });
            return;
        }

        backoff.Failed(flush.Id);
        work.Restart();
        await SetDelayAsync(flush, work, outcome.Sentence);
        if (work.Said != outcome.Sentence)
        {
            work.Said = outcome.Sentence;
            await RecordAsync(flush, work, outcome);
        }
    }

    /// <summary>Shows on the page of the instance what is in the way; null where nothing is any more.</summary>
    private async Task SetDelayAsync(RetainedFlush flush, Work work, string? why)
    {
        if (work.Delay != why)
        {
            work.Delay = why;
            await flushes.SetDelayAsync(flush, why);
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
        public bool LostReply { get; set; }

        public int Passes { get; private set; }

        /// <summary>How many keys the last whole pass left to other clients.</summary>
        public long Skipped { get; private set; }

        /// <summary>Whether the step that removes the token was sent.</summary>
        public bool EndSent { get; set; }

        /// <summary>What is in the way, as the page shows it.</summary>
        public string? Delay { get; set; }

        /// <summary>The last failure that was recorded: a repeated one is recorded once.</summary>
        public string? Said { get; set; }

        public void Take(ScanPage page) => (Cursor, Deleted, _skipped) = (page.Cursor, Deleted + page.Done, _skipped + page.Left);

        public void EndPass() => (Passes, Skipped, _skipped) = (Passes + 1, _skipped, 0);

        /// <summary>Begins a pass again: a cursor is valid on one connection only.</summary>
        public void Restart() => (Cursor, _skipped) = (ScanPage.Start, 0);
    }
}
