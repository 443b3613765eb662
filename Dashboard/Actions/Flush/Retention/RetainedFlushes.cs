using System.Data.Common;
using Dashboard.Actions.Execution;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// Records what flushes retain for their Undo, and which run or console works on it, for all consoles that share the store.
/// </summary>
/// <remarks>All of it throws <see cref="StoreException"/> when the file cannot be used; then nothing was changed.</remarks>
internal sealed class RetainedFlushes(IConsoleStore store, TimeProvider time)
{
    /// <summary>How long a console that purges may stay silent before another continues. It renews this while it works.</summary>
    public static readonly TimeSpan PurgeLease = TimeSpan.FromSeconds(30);

    /// <summary>Closed flushes kept per instance. The runs and the audit log have them as well.</summary>
    public const int MaxClosed = 100;

    /// <summary>How long closed flushes are kept.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);

    /// <summary>How many are removed with each flush at most, by number and by age.</summary>
    private const int MaxRemoved = 100;

    /// <summary>How long a flush is held for a person who has to give a password first, from the flush on.</summary>
    private static readonly TimeSpan MaxHold = TimeSpan.FromMinutes(15);

    /// <summary>How long Undo is offered after an Undo that ended early.</summary>
    private static readonly TimeSpan AfterUndo = TimeSpan.FromMinutes(15);

    /// <summary>A starting console extends no flush beyond this age, so that restarts do not keep it for ever.</summary>
    private static readonly TimeSpan MaxExtended = TimeSpan.FromHours(1);

    /// <summary>How long Undo is offered at least once a run that was in its way is over.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>Records a flush before the server is asked, so that it is found even if this console ends in the middle.</summary>
    /// <param name="run">The run that flushes.</param>
    /// <param name="most">The largest number of keys.</param>
    /// <param name="isChecked">Whether the names of all keys were checked.</param>
    /// <returns>False when another flush of the same server process uses that database.</returns>
    public Task<bool> BeginAsync(Run run, int spare, long most, bool isChecked, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var flush =
            new RetainedFlush(
                run.Id, run.Instance, run.RunId, run.Database, spare, most, run.Operator, RetentionState.Pending, now,
                now + RetainedFlush.Window)
            { Run = run.Id, ForeignKeys = isChecked ? "" : null };
        return store.WriteAsync(
            transaction =>
            {
                RetainedFlushTable.Prune(transaction, run.Instance, MaxClosed, now - MaxAge, MaxRemoved);
                return RetainedFlushTable.Add(transaction, flush);
            }, cancel);
    }

    /// <summary>Closes a pending flush: nothing was exchanged.</summary>
    public Task<bool> CallOffAsync(Guid run, string sentence) =>
        store.WriteAsync(transaction => RetainedFlushTable.End(transaction, run, RetentionState.Pending, run, sentence, time.GetUtcNow()));

    /// <summary>Its token was written; the exchange may be sent from now on.</summary>
    /// <returns>False when another console closed it.</returns>
    public Task<bool> SetBegunAsync(Guid id, long at, CancellationToken cancel) =>
        store.WriteAsync(transaction => RetainedFlushTable.SetBegun(transaction, id, at), cancel);

    /// <summary>Records that the content is retained; Undo is offered from now on.</summary>
    /// <returns>False when another console took it over.</returns>
    /// <param name="exchangedAt">The server's clock at the exchange, in microseconds; null where it is not known.</param>
    public Task<bool> KeepAsync(Guid id, long keys, long? exchangedAt = null) =>
        KeepAsync(id, id, keys, RetentionState.Pending, exchangedAt);

    /// <summary>Records what the check of all its names found; empty for nothing.</summary>
    /// <returns>False when it is not retained any more, or was checked already.</returns>
    public Task<bool> SetForeignKeysAsync(Guid id, string found, CancellationToken cancel) =>
        store.WriteAsync(transaction => RetainedFlushTable.SetForeignKeys(transaction, id, found), cancel);

    /// <summary>Claims a retained flush for an Undo.</summary>
    /// <returns>False when it is being purged, or another run restores it.</returns>
    public Task<bool> ClaimReturnAsync(Guid id, Guid run) =>
        store.WriteAsync(transaction => RetainedFlushTable.Move(transaction, id, RetentionState.Retained, RetentionState.Restoring, run));

    /// <summary>Claims a flush whose Undo ended without reporting.</summary>
    public Task<bool> ResumeAsync(Guid id, Guid before, Guid run) => store.WriteAsync(transaction =>
        RetainedFlushTable.Find(transaction.Connection!, id)?.Run == before
            && RetainedFlushTable.Move(transaction, id, RetentionState.Restoring, RetentionState.Restoring, run));

    /// <summary>Offers Undo again after an Undo that ended early.</summary>
    /// <param name="run">The run of the Undo.</param>
    /// <param name="keys">How many keys are still retained, at most.</param>
    /// <returns>False when another run took it over.</returns>
    public Task<bool> KeepOnAsync(Guid id, Guid run, long keys) => KeepAsync(id, run, keys, RetentionState.Restoring);

    /// <summary>Claims a flush to be purged, unless something runs on the instance: an Undo may be waiting for that.</summary>
    /// <param name="flush">The flush as it was when its time was found to be over.</param>
    /// <returns>False when something runs, or its time was extended.</returns>
    public Task<bool> ClaimPurgeAsync(RetainedFlush flush) => store.WriteAsync(transaction =>
    {
        var now = time.GetUtcNow();
        if (RetainedFlushTable.Find(transaction.Connection!, flush.Id) is not { State: RetentionState.Retained } kept
            || kept.EndsAt != flush.EndsAt)
        {
            return false;
        }

        return RunTable.Running(transaction.Connection!, flush.Instance) is null
            && RetainedFlushTable.Move(transaction, flush.Id, RetentionState.Retained, RetentionState.Purging, lease: now + PurgeLease);
    });

    /// <summary>Renews the claim of a purge, or takes it over from a silent console.</summary>
    public Task<bool> ClaimPurgeAgainAsync(RetainedFlush flush) =>
        store.WriteAsync(transaction => RetainedFlushTable.Find(transaction.Connection!, flush.Id)?.Lease == flush.Lease
        && RetainedFlushTable.Move(
            transaction, flush.Id, RetentionState.Purging, RetentionState.Purging, lease: time.GetUtcNow() + PurgeLease));

    /// <summary>Extends flushes of instances on which something runs, because Undo cannot be pressed there.</summary>
    public async Task HoldWhereBusyAsync(CancellationToken cancel)
    {
        var until = time.GetUtcNow() + Grace;
        IReadOnlyList<RetainedFlush> Waiting(DbConnection connection, TimeSpan margin) =>
            [.. RetainedFlushTable.Open(connection)
                .Where(
                    flush =>
                        flush.State == RetentionState.Retained && flush.EndsAt < until - margin
                            && RunTable.Running(connection, flush.Instance) is not null)];

        if (await store.ReadAsync(connection => Waiting(connection, Grace / 3), cancel) is not [])
        {
            await store.WriteAsync(
                transaction =>
                {
                    foreach (var flush in Waiting(transaction.Connection!, TimeSpan.Zero))
                    {
                        RetainedFlushTable.SetEnd(transaction, flush.Id, until);
                    }

                    return true;
                }, cancel);
        }
    }

    /// <summary>Sets why a flush is still kept, for the page of the instance; null where nothing is in the way.</summary>
    public Task SetDelayAsync(RetainedFlush flush, string? why) =>
        store.WriteAsync(transaction => RetainedFlushTable.SetDelay(transaction, flush.Id, why));

    /// <summary>Closes a flush.</summary>
    /// <param name="flush">With the state and run that it must have; otherwise nothing is changed.</param>
    /// <param name="sentence">What became of it.</param>
    /// <remarks>Not where its exchange was sent in between: it was found as not sent.</remarks>
    public Task<bool> EndAsync(RetainedFlush flush, string sentence) =>
        store.WriteAsync(transaction => RetainedFlushTable.Find(transaction.Connection!, flush.Id)?.BegunAt == flush.BegunAt
            && RetainedFlushTable.End(transaction, flush.Id, flush.State, flush.Run, sentence, time.GetUtcNow()));

    public Task<RetainedFlush?> FindAsync(Guid id, CancellationToken cancel) =>
        store.ReadAsync(connection => RetainedFlushTable.Find(connection, id), cancel);

    /// <summary>Whether another run tried to restore it before.</summary>
    public Task<bool> WasTriedAsync(Guid id, Guid run, CancellationToken cancel) => store.ReadAsync(
        connection => RunTable.OfScope(connection, UndoFlush.ActionId, id.ToString()).Any(one => one != run), cancel);

    /// <summary>Returns the flushes that are not closed, oldest first.</summary>
    public Task<IReadOnlyList<RetainedFlush>> OpenAsync(CancellationToken cancel) => store.ReadAsync(RetainedFlushTable.Open, cancel);

    /// <summary>Returns the flushes whose run is over, or whose console is silent, in the middle.</summary>
    public Task<IReadOnlyList<RetainedFlush>> OrphansAsync(CancellationToken cancel) => store.ReadAsync<IReadOnlyList<RetainedFlush>>(
        connection => [.. RetainedFlushTable.Open(connection).Where(flush => flush.State == RetentionState.Purging
            ? flush.Lease <= time.GetUtcNow()
            : flush.Run is { } run && RunTable.Find(connection, run) is not { IsOver: false })], cancel);

    /// <summary>Extends a flush by a minute for a person who is about to undo it, up to a quarter of an hour in all.</summary>
    public Task HoldAsync(RetainedFlush flush, CancellationToken cancel) => store.WriteAsync(
        transaction =>
        {
            var until = time.GetUtcNow() + RetainedFlush.Window;
            if (RetainedFlushTable.Find(transaction.Connection!, flush.Id) is { State: RetentionState.Retained } kept
                && kept.EndsAt < until && until <= kept.SwappedAt + MaxHold)
            {
                RetainedFlushTable.SetEnd(transaction, flush.Id, until);
            }

            return true;
        }, cancel);

    /// <summary>Extends all retained flushes when a console starts, because Undo could not be pressed before.</summary>
    public Task ExtendAsync(CancellationToken cancel) => store.WriteAsync(
        transaction =>
        {
            var least = time.GetUtcNow() + RetainedFlush.Window;
            foreach (var flush in RetainedFlushTable.Open(transaction.Connection!)
                .Where(flush => flush.State == RetentionState.Retained && flush.EndsAt < least && least < flush.SwappedAt + MaxExtended))
            {
                RetainedFlushTable.SetEnd(transaction, flush.Id, least);
            }

            return true;
        }, cancel);

    /// <remarks>Only the run that holds it changes it, not one that another run took over from.</remarks>
    private Task<bool> KeepAsync(Guid id, Guid run, long keys, RetentionState from, long? exchangedAt = null) =>
        store.WriteAsync(transaction =>
    {
        if (RetainedFlushTable.Find(transaction.Connection!, id)?.Run != run
            || (exchangedAt is { } at && !RetainedFlushTable.SetBegun(transaction, id, at))
            || !RetainedFlushTable.Move(transaction, id, from, RetentionState.Retained))
        {
            return false;
        }

        RetainedFlushTable.SetKeys(transaction, id, keys);
        RetainedFlushTable.SetEnd(transaction, id, time.GetUtcNow() + (from == RetentionState.Pending ? RetainedFlush.Window : AfterUndo));
        return true;
    });
}
