using System.Data.Common;
using Dashboard.Actions.Execution;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>What soft flushes keep and who is at it, over all consoles that share the file.</summary>
/// <remarks>All of it throws <see cref="StoreException"/> when the file cannot be used; then nothing was changed.</remarks>
internal sealed class SwapBook(IConsoleStore store, TimeProvider time)
{
    /// <summary>How long a console may take to give one up.</summary>
    public static readonly TimeSpan PurgeLease = TimeSpan.FromSeconds(30);

    /// <summary>Kept of one instance once they are over. The runs and the audit log tell of them as well.</summary>
    public const int Most = 100;

    /// <summary>Kept for so long once they are over.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Removed at most with each flush, by number and by age: nobody waits for more.</summary>
    private const int AtOnce = 100;

    /// <summary>For somebody who is asked for a password first.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Undo is offered for so long after one that was cut off.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    /// <summary>A console that begins gives no more time than up to here: one that begins again and again would keep it for ever.</summary>
    private static readonly TimeSpan MostExtended = TimeSpan.FromHours(1);

    /// <summary>A late page or giving up must not meet what the next flush keeps.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    /// <summary>At least so long Undo is offered once what was in its way is over.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>Before the server is asked: what it then keeps is known even if this console ends in the middle.</summary>
    /// <param name="run">That flushes.</param>
    /// <param name="most">Keys at most.</param>
    /// <returns>False when another flush keeps something in that database.</returns>
    public Task<bool> BeginAsync(Run run, int spare, long most, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var swap =
            new Swap(
                run.Id, run.Instance, run.RunId, run.Database, spare, most, run.Operator, SwapState.Begun, now,
                now + Swap.Window)
            { Run = run.Id };
        return store.WriteAsync(
            transaction =>
            {
                SwapTable.Prune(transaction, run.Instance, Most, now - Kept, now - Rest, AtOnce);
                return SwapTable.Add(transaction, swap);
            }, cancel);
    }

    /// <summary>Nothing was put aside.</summary>
    public Task<bool> CallOffAsync(Guid run, string sentence) =>
        store.WriteAsync(transaction => SwapTable.End(transaction, run, SwapState.Begun, run, sentence, time.GetUtcNow()));

    /// <summary>It was put aside: Undo is offered from now on.</summary>
    public Task KeepAsync(Guid id, long keys) => KeepAsync(id, id, keys, SwapState.Begun);

    /// <summary>Takes it for an Undo.</summary>
    /// <returns>False when it is being given up, or somebody else brings it back.</returns>
    public Task<bool> ClaimReturnAsync(Guid id, Guid run) =>
        store.WriteAsync(transaction => SwapTable.Move(transaction, id, SwapState.Kept, SwapState.Returning, run));

    /// <summary>Takes over from a run that ended without a word.</summary>
    public Task<bool> ResumeAsync(Guid id, Guid before, Guid run) => store.WriteAsync(transaction =>
        SwapTable.Find(transaction.Connection!, id)?.Run == before
            && SwapTable.Move(transaction, id, SwapState.Returning, SwapState.Returning, run));

    /// <summary>An Undo ended early: it is offered once more.</summary>
    /// <param name="run">The Undo.</param>
    /// <param name="keys">That are still kept, at most.</param>
    public Task KeepOnAsync(Guid id, Guid run, long keys) => KeepAsync(id, run, keys, SwapState.Returning);

    /// <summary>Takes it to be given up, unless something runs on the instance: an Undo may be waiting for that.</summary>
    /// <param name="swap">As it was when its time was found to be over.</param>
    /// <returns>False when it is not to be given up now: something runs, or somebody gave it more time.</returns>
    public Task<bool> ClaimPurgeAsync(Swap swap) => store.WriteAsync(transaction =>
    {
        var now = time.GetUtcNow();
        if (SwapTable.Find(transaction.Connection!, swap.Id) is not { State: SwapState.Kept } kept || kept.EndsAt != swap.EndsAt)
        {
            return false;
        }

        return RunTable.Running(transaction.Connection!, swap.Instance) is null
            && SwapTable.Move(transaction, swap.Id, SwapState.Kept, SwapState.Purging, lease: now + PurgeLease);
    });

    /// <summary>Takes over from a console that was to give it up and did not say what came of it.</summary>
    public Task<bool> ClaimPurgeAgainAsync(Swap swap) =>
        store.WriteAsync(transaction => SwapTable.Find(transaction.Connection!, swap.Id)?.Lease == swap.Lease
        && SwapTable.Move(transaction, swap.Id, SwapState.Purging, SwapState.Purging, lease: time.GetUtcNow() + PurgeLease));

    /// <summary>While something runs on an instance, nobody can press Undo: what is kept there waits until a while after.</summary>
    public async Task HoldWhereBusyAsync(CancellationToken cancel)
    {
        var until = time.GetUtcNow() + Grace;
        IReadOnlyList<Swap> Waiting(DbConnection connection, TimeSpan margin) =>
            [.. SwapTable.Open(connection)
                .Where(
                    swap =>
                        swap.State == SwapState.Kept && swap.EndsAt < until - margin
                            && RunTable.Running(connection, swap.Instance) is not null)];

        if (await store.ReadAsync(connection => Waiting(connection, Grace / 3), cancel) is not [])
        {
            await store.WriteAsync(
                transaction =>
                {
                    foreach (var swap in Waiting(transaction.Connection!, TimeSpan.Zero))
                    {
                        SwapTable.SetEnd(transaction, swap.Id, until);
                    }

                    return true;
                }, cancel);
        }
    }

    /// <summary>It could not be given up now, and the server was not asked to.</summary>
    public Task PutBackAsync(Swap swap, TimeSpan wait) => store.WriteAsync(transaction =>
    {
        if (!SwapTable.Move(transaction, swap.Id, SwapState.Purging, SwapState.Kept))
        {
            return false;
        }

        SwapTable.SetEnd(transaction, swap.Id, time.GetUtcNow() + wait);
        return true;
    });

    /// <param name="swap">In the state it is to be in, with the run that is to be at it; in another, nothing is ended.</param>
    /// <param name="sentence">What became of it.</param>
    public Task<bool> EndAsync(Swap swap, string sentence) =>
        store.WriteAsync(transaction => SwapTable.End(transaction, swap.Id, swap.State, swap.Run, sentence, time.GetUtcNow()));

    /// <summary>Databases of an instance that no flush may use now.</summary>
    public Task<IReadOnlyList<int>> TakenAsync(InstanceId instance, CancellationToken cancel) =>
        store.ReadAsync(connection => SwapTable.Spares(connection, instance, time.GetUtcNow() - Rest), cancel);

    public Task<Swap?> FindAsync(Guid id, CancellationToken cancel) =>
        store.ReadAsync(connection => SwapTable.Find(connection, id), cancel);

    /// <summary>Whether another run than this one was to bring it back.</summary>
    public Task<bool> WasTriedAsync(Guid id, Guid run, CancellationToken cancel) => store.ReadAsync(
        connection => RunTable.OfScope(connection, UndoFlush.ActionId, id.ToString()).Any(one => one != run), cancel);

    /// <summary>All that is not over, oldest first.</summary>
    public Task<IReadOnlyList<Swap>> OpenAsync(CancellationToken cancel) => store.ReadAsync(SwapTable.Open, cancel);

    /// <summary>Those whose run or console went away in the middle.</summary>
    public Task<IReadOnlyList<Swap>> OrphansAsync(CancellationToken cancel) => store.ReadAsync<IReadOnlyList<Swap>>(
        connection => [.. SwapTable.Open(connection).Where(swap => swap.State == SwapState.Purging
            ? swap.Lease <= time.GetUtcNow()
            : swap.Run is { } run && RunTable.Find(connection, run) is not { IsOver: false })], cancel);

    /// <summary>Somebody is about to undo it: it is kept for another minute, and a quarter of an hour at the longest.</summary>
    public Task HoldAsync(Swap swap, CancellationToken cancel) => store.WriteAsync(
        transaction =>
        {
            var until = time.GetUtcNow() + Swap.Window;
            if (SwapTable.Find(transaction.Connection!, swap.Id) is { State: SwapState.Kept } kept && kept.EndsAt < until
                && until <= kept.SwappedAt + Longest)
            {
                SwapTable.SetEnd(transaction, swap.Id, until);
            }

            return true;
        }, cancel);

    /// <summary>A console begins: nobody could press Undo while none was there.</summary>
    public Task ExtendAsync(CancellationToken cancel) => store.WriteAsync(
        transaction =>
        {
            var least = time.GetUtcNow() + Swap.Window;
            foreach (var swap in SwapTable.Open(transaction.Connection!)
                .Where(swap => swap.State == SwapState.Kept && swap.EndsAt < least && least < swap.SwappedAt + MostExtended))
            {
                SwapTable.SetEnd(transaction, swap.Id, least);
            }

            return true;
        }, cancel);

    /// <remarks>Only by the run that is at it: one that was given up meanwhile, and taken over from, changes nothing.</remarks>
    private Task<bool> KeepAsync(Guid id, Guid run, long keys, SwapState from) => store.WriteAsync(transaction =>
    {
        if (SwapTable.Find(transaction.Connection!, id)?.Run != run || !SwapTable.Move(transaction, id, from, SwapState.Kept))
        {
            return false;
        }

        SwapTable.SetKeys(transaction, id, keys);
        SwapTable.SetEnd(transaction, id, time.GetUtcNow() + (from == SwapState.Begun ? Swap.Window : Again));
        return true;
    });
}
