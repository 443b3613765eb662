using Dashboard.Audit;
using Dashboard.Store;

namespace Dashboard.Actions.Flush;

/// <summary>What soft flushes keep and who is at it, over all consoles that share the file.</summary>
/// <remarks>All of it throws <see cref="StoreException"/> when the file cannot be used; then nothing was changed.</remarks>
internal sealed class SwapBook(ConsoleStore store, TimeProvider time)
{
    /// <summary>How long a console may take to give one up.</summary>
    private static readonly TimeSpan PurgeLease = TimeSpan.FromSeconds(30);

    /// <summary>For somebody who is asked for a password first.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>At least so long Undo is offered once what was in its way is over.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>Before the server is asked: what it then keeps is known even if this console ends in the middle.</summary>
    /// <param name="run">That flushes.</param>
    /// <param name="most">Keys at most.</param>
    /// <returns>False when another flush keeps something in that database.</returns>
    public Task<bool> BeginAsync(Run run, int spare, long most, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var swap = new Swap(run.Id, run.Instance, run.RunId, run.Database, spare, most, run.Operator, SwapState.Begun, now, now + Swap.Window) { Run = run.Id };
        return store.WriteAsync(transaction => SwapTable.Add(transaction, swap), cancel);
    }

    /// <summary>It was put aside: Undo is offered from now on.</summary>
    public Task KeepAsync(Guid id, long keys) => KeepAsync(id, id, keys, SwapState.Begun);

    /// <summary>Takes it for an Undo.</summary>
    /// <returns>False when it is being given up, or somebody else brings it back.</returns>
    public Task<bool> ClaimReturnAsync(Guid id, Guid run) => store.WriteAsync(transaction => SwapTable.Move(transaction, id, SwapState.Kept, SwapState.Returning, run));

    /// <summary>Takes over from a run that ended without a word.</summary>
    public Task<bool> ResumeAsync(Guid id, Guid before, Guid run) => store.WriteAsync(transaction =>
        SwapTable.Find(transaction.Connection!, id)?.Run == before && SwapTable.Move(transaction, id, SwapState.Returning, SwapState.Returning, run));

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

        if (RunTable.Running(transaction.Connection!, swap.Instance) is null)
        {
            return SwapTable.Move(transaction, swap.Id, SwapState.Kept, SwapState.Purging, lease: now + PurgeLease);
        }

        SwapTable.SetEnd(transaction, swap.Id, now + Grace);
        return false;
    });

    /// <summary>It could not be given up now.</summary>
    public Task PutBackAsync(Guid id, TimeSpan wait) => store.WriteAsync(transaction =>
    {
        SwapTable.SetEnd(transaction, id, time.GetUtcNow() + wait);
        return SwapTable.Move(transaction, id, SwapState.Purging, SwapState.Kept);
    });

    /// <param name="sentence">What became of it.</param>
    public Task<bool> EndAsync(Guid id, string sentence) => store.WriteAsync(transaction => SwapTable.End(transaction, id, sentence, time.GetUtcNow()));

    public Task<Swap?> FindAsync(Guid id, CancellationToken cancel) => store.ReadAsync(connection => SwapTable.Find(connection, id), cancel);

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

    /// <summary>Somebody is about to undo it: it is kept for another minute, and five at the longest.</summary>
    public Task HoldAsync(Swap swap, CancellationToken cancel) => store.WriteAsync(
        transaction =>
        {
            var until = time.GetUtcNow() + Swap.Window;
            if (SwapTable.Find(transaction.Connection!, swap.Id) is { State: SwapState.Kept } kept && kept.EndsAt < until && until <= kept.SwappedAt + Longest)
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
            foreach (var swap in SwapTable.Open(transaction.Connection!).Where(swap => swap.State == SwapState.Kept && swap.EndsAt < least))
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
        SwapTable.SetEnd(transaction, id, time.GetUtcNow() + Swap.Window);
        return true;
    });
}
