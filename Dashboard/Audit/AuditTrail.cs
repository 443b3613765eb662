using System.Data.Common;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Audit.Integrity;
using Dashboard.Audit.Intents;
using Dashboard.Realtime;
using Dashboard.Storage;

namespace Dashboard.Audit;

/// <summary>The only way to record who did what. Every call returns within <see cref="MaxWait"/>, whatever the state of the file.</summary>
internal sealed class AuditTrail(
    IConsoleStore store, AuditChain chain, ReplicaId replica, Acknowledgement acknowledgement, TimeProvider time)
{
    /// <summary>The longest time that one call may take.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(4.5);

    /// <summary>Appends one event.</summary>
    /// <returns>Null when it is written. Otherwise the failure, which says so where it may have been written all the same.</returns>
    public async Task<StoreFailure?> NoteAsync(AuditEvent what, CancellationToken cancel)
    {
        try
        {
            await WriteAsync(what, _ => true, cancel);
            return null;
        }
        catch (StoreException refused)
        {
            return refused.Failure;
        }
    }

    /// <summary>Appends the event and runs <paramref name="alongside"/>: both happen, or neither.</summary>
    /// <exception cref="StoreException">Nothing was written, or the message says that it may have been.</exception>
    public Task<T> WriteAsync<T>(AuditEvent what, Func<DbTransaction, T> alongside, CancellationToken cancel) =>
        WriteAsync<T>(transaction => (alongside(transaction), what), cancel);

    /// <summary>Runs <paramref name="work"/>, which decides what is recorded; both happen, or neither.</summary>
    /// <param name="work">The work; when its event is null, nothing is recorded.</param>
    /// <exception cref="StoreException">Nothing was written, or the message says that it may have been.</exception>
    public Task<T> WriteAsync<T>(Func<DbTransaction, (T Result, AuditEvent? Event)> work, CancellationToken cancel) => AppendAsync(
        transaction =>
        {
            var (result, what) = work(transaction);
            return (result, what is null ? null : chain.Append(transaction, AuditKind.Event, null, what));
        }, cancel);

    /// <summary>Records an act that is about to begin. It may begin only after <see cref="IntentResult.Written"/>.</summary>
    /// <param name="lease">How long the outcome may take before it counts as unknown.</param>
    /// <remarks>An intent that reaches the disk after it was refused is concluded as refused.</remarks>
    public async Task<IntentResult> IntendAsync(AuditEvent what, TimeSpan lease, CancellationToken cancel)
    {
        var intent = new AuditIntent(Guid.NewGuid(), what);
        try
        {
            await AppendAsync(
                transaction =>
                {
                    IntentLeases.Take(transaction, intent.Act, replica, time.GetUtcNow() + lease);
                    return (
                        true,
                        chain.Append(transaction, AuditKind.Intent, intent.Act.ToString(), what with { Result = AuditResult.Started }));
                }, cancel,
                    late: () =>
                        ConcludeAsync(
                            intent, AuditResult.Refused, "The intent was recorded too late; nothing was done.", null,
                            CancellationToken.None));
            return new IntentResult.Written(intent);
        }
        catch (StoreException refused)
        {
            return new IntentResult.Refused(refused.Failure);
        }
    }

    /// <summary>
    /// Extends the lease of an act in progress. If this cannot be written, the lease expires, and the outcome follows as a late one.
    /// </summary>
    public async Task RenewAsync(AuditIntent intent, TimeSpan lease, CancellationToken cancel)
    {
        try
        {
            await AppendAsync(
                transaction => (IntentLeases.Renew(transaction, intent.Act, replica, time.GetUtcNow() + lease), (AuditRow?)null), cancel);
        }
        catch (StoreException)
        {
            // The store reports its own failure, and the next renewal tries again.
        }
    }

    /// <summary>
    /// Records the outcome of an intent. If it was given up as unknown in the meantime, that row stays, and this one follows it.
    /// </summary>
    /// <returns>Null when it is written, now or before; otherwise why not.</returns>
    public async Task<StoreFailure?> ConcludeAsync(
        AuditIntent intent, AuditResult result, string? detail, IReadOnlyDictionary<string, long>? counts, CancellationToken cancel)
    {
        try
        {
            await AppendAsync(transaction => (true, Conclude(transaction, intent, result, detail, counts)), cancel);
            return null;
        }
        catch (StoreException refused)
        {
            return refused.Failure;
        }
    }

    /// <summary>
    /// Records an owner's acknowledgement that a backup was put back: the rows it lost are recorded as lost, and their numbers stay unused.
    /// </summary>
    public async Task<AcknowledgeResult> AcknowledgeRestoreAsync(string actor, string? address, string reason, CancellationToken cancel)
    {
        try
        {
            // Many rows take longer than the file may be locked.
            var check = await store.ReadFromDiskAsync(connection => acknowledgement.Check(connection), cancel);
            return await AppendAsync(transaction =>
                acknowledgement.Write(transaction, check, actor, address, reason), cancel, replaceInvalid: true);
        }
        catch (StoreException refused)
        {
            return new AcknowledgeResult.Refused(refused.Failure);
        }
    }

    private AuditRow? Conclude(
        DbTransaction transaction, AuditIntent intent, AuditResult result, string? detail, IReadOnlyDictionary<string, long>? counts)
    {
        var act = intent.Act.ToString();
        var kind = AuditRows.Exists(transaction, act, AuditKind.Outcome) ? AuditKind.Late : AuditKind.Outcome;
        IntentLeases.Drop(transaction, act);
        return kind == AuditKind.Late && AuditRows.Exists(transaction, act, AuditKind.Late)
            ? null
            : chain.Append(transaction, kind, act, intent.What with { Result = result, Detail = detail, Counts = counts });
    }

    /// <summary>
    /// Appends a row. No caller waits for the file longer than <see cref="MaxWait"/>. When a caller stops waiting, the work is undone or,
    /// if it is too late for that, followed to its end.
    /// </summary>
    /// <param name="late">Called when the row reached the disk after the caller stopped waiting.</param>
    /// <param name="replaceInvalid">Writes the head file also where it is missing or forged: an owner acknowledged it.</param>
    private async Task<T> AppendAsync<T>(
        Func<DbTransaction, (T Result, AuditRow? Row)> work, CancellationToken cancel, Func<Task>? late = null, bool replaceInvalid = false)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var race = new CommitRace();
        var writing = store.WriteAsync(transaction => Append(transaction, work, race, replaceInvalid), linked.Token);
        try
        {
            var (result, row) = await writing.WaitAsync(MaxWait, time, cancel);
            await (row is null ? Task.CompletedTask : chain.CommittedAsync(row, replaceInvalid));
            return result;
        }
        catch (TimeoutException) when (race.TryWithdraw())
        {
            throw new StoreException(new(false,
                $"{store.Location} did not answer within {MaxWait.TotalSeconds:0.#} s; nothing was written."));
        }
        catch (TimeoutException)
        {
            _ = FollowAsync(writing, late, replaceInvalid);
            throw new StoreException(
                new(false, $"{store.Location} did not answer within {MaxWait.TotalSeconds:0.#} s, and the row may have been written "
                    + "anyway. Check the Audit page before you try again."));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && !race.TryWithdraw())
        {
            _ = FollowAsync(writing, late, replaceInvalid);
            throw;
        }
        finally
        {
            await linked.CancelAsync();
        }
    }

    private (T Result, AuditRow? Row) Append<T>(
        DbTransaction transaction, Func<DbTransaction, (T Result, AuditRow? Row)> work, CommitRace race, bool replaceInvalid)
    {
        if (!replaceInvalid)
        {
            chain.BeginIn(transaction);
        }

        var done = work(transaction);
        race.BeginCommit();
        return done;
    }

    /// <summary>
    /// Follows a write whose caller left. It does not throw: if the commit fails, nothing was written, and the caller was told that this
    /// may happen.
    /// </summary>
    private async Task FollowAsync<T>(Task<(T Result, AuditRow? Row)> writing, Func<Task>? late, bool replaceInvalid)
    {
        try
        {
            var (_, row) = await writing;
            await (row is null ? Task.CompletedTask : chain.CommittedAsync(row, replaceInvalid));
            await (late is null || row is null ? Task.CompletedTask : late());
        }
        catch (Exception error) when (error is StoreException or OperationCanceledException or ObjectDisposedException)
        {
            // The store reports its own failure.
        }
    }
}
