using Dashboard.Store;
using Microsoft.Data.Sqlite;

namespace Dashboard.Audit;

/// <summary>The only way to write down who did what. Every call is answered within <see cref="Most"/>, whatever the file's state.</summary>
internal sealed class AuditTrail(ConsoleStore store, AuditLog log, ReplicaId replica, Acknowledgement acknowledgement, TimeProvider time)
{
    /// <summary>How long one call may take.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(4.5);

    /// <summary>Appends one event.</summary>
    /// <returns>Null when it is written.</returns>
    public async Task<StoreTrouble?> NoteAsync(AuditEvent what, CancellationToken cancel)
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
    /// <exception cref="StoreException">The file cannot be used; nothing was written.</exception>
    public Task<T> WriteAsync<T>(AuditEvent what, Func<SqliteTransaction, T> alongside, CancellationToken cancel) =>
        WriteAsync<T>(transaction => (alongside(transaction), what), cancel);

    /// <summary>Runs <paramref name="work"/>, which decides what is to be written down about it; both happen, or neither.</summary>
    /// <param name="work">Null for the event writes nothing down.</param>
    /// <exception cref="StoreException">The file cannot be used; nothing was written.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteTransaction, (T Result, AuditEvent? Event)> work, CancellationToken cancel) => AppendAsync(
        transaction =>
        {
            var (result, what) = work(transaction);
            return (result, what is null ? null : log.Append(transaction, AuditKind.Event, null, what));
        }, cancel);

    /// <summary>Writes down what is about to be done. Only after <see cref="IntentReply.Written"/> may it begin.</summary>
    /// <param name="lease">How long the outcome may take before it counts as unknown.</param>
    public async Task<IntentReply> IntendAsync(AuditEvent what, TimeSpan lease, CancellationToken cancel)
    {
        var intent = new AuditIntent(Guid.NewGuid(), what);
        try
        {
            await AppendAsync(
                transaction =>
                {
                    Leases.Take(transaction, intent.Act, replica, time.GetUtcNow() + lease);
                    return (true, log.Append(transaction, AuditKind.Intent, intent.Act.ToString(), what with { Result = AuditResult.Started }));
                }, cancel);
            return new IntentReply.Written(intent);
        }
        catch (StoreException refused)
        {
            return new IntentReply.Refused(refused.Trouble);
        }
    }

    /// <summary>The act is still going on. Where this cannot be written its lease runs out, and its outcome will be told late.</summary>
    public async Task RenewAsync(AuditIntent intent, TimeSpan lease, CancellationToken cancel)
    {
        try
        {
            await BoundedAsync(transaction => Leases.Renew(transaction, intent.Act, replica, time.GetUtcNow() + lease), cancel);
        }
        catch (StoreException)
        {
            // The store says itself what is wrong, and the next renewal tries again.
        }
    }

    /// <summary>Writes down what came of an intent. Was it given up as unknown meanwhile, that stays, and this follows it.</summary>
    /// <returns>Null when it is written, now or before.</returns>
    public async Task<StoreTrouble?> ConcludeAsync(
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

    /// <summary>An owner says that a backup was put back: the rows it lost are written down as lost, and their numbers stay unused.</summary>
    public async Task<AcknowledgeReply> AcknowledgeRestoreAsync(string actor, string? address, string reason, CancellationToken cancel)
    {
        try
        {
            var (reply, row) = await BoundedAsync(transaction => acknowledgement.Write(transaction, actor, address, reason), cancel);
            await (row is null ? Task.CompletedTask : log.CommittedAsync(row, anew: true));
            return reply;
        }
        catch (StoreException refused)
        {
            return new AcknowledgeReply.Refused(refused.Trouble);
        }
    }

    private AuditRow? Conclude(SqliteTransaction transaction, AuditIntent intent, AuditResult result, string? detail, IReadOnlyDictionary<string, long>? counts)
    {
        var act = intent.Act.ToString();
        var kind = AuditRows.Exists(transaction, act, AuditKind.Outcome) ? AuditKind.Late : AuditKind.Outcome;
        Leases.Drop(transaction, act);
        return kind == AuditKind.Late && AuditRows.Exists(transaction, act, AuditKind.Late)
            ? null
            : log.Append(transaction, kind, act, intent.What with { Result = result, Detail = detail, Counts = counts });
    }

    private async Task<T> AppendAsync<T>(Func<SqliteTransaction, (T Result, AuditRow? Row)> work, CancellationToken cancel)
    {
        var (result, row) = await BoundedAsync(work, cancel);
        if (row is not null)
        {
            await log.CommittedAsync(row);
        }

        return result;
    }

    /// <summary>Nobody waits for the file longer than <see cref="Most"/>; work whose caller has gone is undone.</summary>
    private async Task<T> BoundedAsync<T>(Func<SqliteTransaction, T> work, CancellationToken cancel)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var token = gone.Token;
        try
        {
            return await store.WriteAsync(
                transaction =>
                {
                    var result = work(transaction);
                    token.ThrowIfCancellationRequested();
                    return result;
                }, token).WaitAsync(Most, time, cancel);
        }
        catch (TimeoutException)
        {
            throw new StoreException(new(false, $"{store.Path} did not answer within {Most.TotalSeconds:0.#} s."));
        }
        finally
        {
            await gone.CancelAsync();
        }
    }
}
