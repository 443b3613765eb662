using System.Data.Common;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Audit.Integrity;
using Dashboard.Audit.Intents;
using Dashboard.Realtime;
using Dashboard.Storage;

namespace Dashboard.Audit;

/// <summary>The only way to write down who did what. Every call is answered within <see cref="Most"/>, whatever the file's state.</summary>
internal sealed class AuditTrail(
    IConsoleStore store, AuditChain chain, ReplicaId replica, Acknowledgement acknowledgement, TimeProvider time)
{
    /// <summary>How long one call may take.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(4.5);

    /// <summary>Appends one event.</summary>
    /// <returns>Null when it is written. The trouble says so where it may be written all the same.</returns>
    public async Task<StoreFailure?> NoteAsync(AuditEvent what, CancellationToken cancel)
    {
        try
        {
            await WriteAsync(what, _ => true, cancel);
            return null;
        }
        catch (StoreException refused)
        {
            return refused.Trouble;
        }
    }

    /// <summary>Appends the event and runs <paramref name="alongside"/>: both happen, or neither.</summary>
    /// <exception cref="StoreException">Nothing was written; or it says that it may have been.</exception>
    public Task<T> WriteAsync<T>(AuditEvent what, Func<DbTransaction, T> alongside, CancellationToken cancel) =>
        WriteAsync<T>(transaction => (alongside(transaction), what), cancel);

    /// <summary>Runs <paramref name="work"/>, which decides what is to be written down about it; both happen, or neither.</summary>
    /// <param name="work">Null for the event writes nothing down.</param>
    /// <exception cref="StoreException">Nothing was written; or it says that it may have been.</exception>
    public Task<T> WriteAsync<T>(Func<DbTransaction, (T Result, AuditEvent? Event)> work, CancellationToken cancel) => AppendAsync(
        transaction =>
        {
            var (result, what) = work(transaction);
            return (result, what is null ? null : chain.Append(transaction, AuditKind.Event, null, what));
        }, cancel);

    /// <summary>Writes down what is about to be done. Only after <see cref="IntentResult.Written"/> may it begin.</summary>
    /// <param name="lease">How long the outcome may take before it counts as unknown.</param>
    /// <remarks>One that comes to the disk after it was refused is concluded as refused.</remarks>
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
                            intent, AuditResult.Refused, "It was written too late; nothing was done.", null, CancellationToken.None));
            return new IntentResult.Written(intent);
        }
        catch (StoreException refused)
        {
            return new IntentResult.Refused(refused.Trouble);
        }
    }

    /// <summary>The act is still going on. Where this cannot be written its lease runs out, and its outcome will be told late.</summary>
    public async Task RenewAsync(AuditIntent intent, TimeSpan lease, CancellationToken cancel)
    {
        try
        {
            await AppendAsync(
                transaction => (IntentLeases.Renew(transaction, intent.Act, replica, time.GetUtcNow() + lease), (AuditRow?)null), cancel);
        }
        catch (StoreException)
        {
            // The store says itself what is wrong, and the next renewal tries again.
        }
    }

    /// <summary>Writes down what came of an intent. Was it given up as unknown meanwhile, that stays, and this follows it.</summary>
    /// <returns>Null when it is written, now or before.</returns>
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
            return refused.Trouble;
        }
    }

    /// <summary>
    /// An owner says that a backup was put back: the rows it lost are written down as lost, and their numbers stay unused.
    /// </summary>
    public async Task<AcknowledgeResult> AcknowledgeRestoreAsync(string actor, string? address, string reason, CancellationToken cancel)
    {
        try
        {
            // Many rows take longer than anybody may keep the file locked.
            var looked = await store.ReadAfreshAsync(connection => acknowledgement.Look(connection), cancel);
            return await AppendAsync(transaction => acknowledgement.Write(transaction, looked, actor, address, reason), cancel, anew: true);
        }
        catch (StoreException refused)
        {
            return new AcknowledgeResult.Refused(refused.Trouble);
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
    /// Nobody waits for the file longer than <see cref="Most"/>; work whose caller has gone is undone, or, where it is too late for that,
    /// followed.
    /// </summary>
    /// <param name="late">What to do when it came to the disk after the caller was told that it may not.</param>
    /// <param name="anew">An owner's word begins the head file anew.</param>
    private async Task<T> AppendAsync<T>(
        Func<DbTransaction, (T Result, AuditRow? Row)> work, CancellationToken cancel, Func<Task>? late = null, bool anew = false)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var last = new CommitRace();
        var writing = store.WriteAsync(transaction => Append(transaction, work, last, anew), gone.Token);
        try
        {
            var (result, row) = await writing.WaitAsync(Most, time, cancel);
            await (row is null ? Task.CompletedTask : chain.CommittedAsync(row, anew));
            return result;
        }
        catch (TimeoutException) when (last.TakeBack())
        {
            throw new StoreException(new(false, $"{store.Location} did not answer within {Most.TotalSeconds:0.#} s; nothing was written."));
        }
        catch (TimeoutException)
        {
            _ = FollowAsync(writing, late);
            throw new StoreException(
                new(false, $"{store.Location} did not answer within {Most.TotalSeconds:0.#} s, and it may have been written all the "
                    + $"same. Look at the Audit page before you try again."));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && !last.TakeBack())
        {
            _ = FollowAsync(writing, late);
            throw;
        }
        finally
        {
            await gone.CancelAsync();
        }
    }

    private (T Result, AuditRow? Row) Append<T>(
        DbTransaction transaction, Func<DbTransaction, (T Result, AuditRow? Row)> work, CommitRace last, bool anew)
    {
        if (!anew)
        {
            chain.BeginIn(transaction);
        }

        var done = work(transaction);
        last.Say();
        return done;
    }

    /// <summary>Nothing in it throws: where the commit failed nothing was written, and the caller was told that it might not be.</summary>
    private async Task FollowAsync<T>(Task<(T Result, AuditRow? Row)> writing, Func<Task>? late)
    {
        try
        {
            var (_, row) = await writing;
            await (row is null ? Task.CompletedTask : chain.CommittedAsync(row));
            await (late is null || row is null ? Task.CompletedTask : late());
        }
        catch (Exception error) when (error is StoreException or OperationCanceledException or ObjectDisposedException)
        {
            // The store says itself what is wrong with it.
        }
    }
}
