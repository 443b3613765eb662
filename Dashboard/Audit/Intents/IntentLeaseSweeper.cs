using System.Data.Common;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Changes;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Audit.Intents;

/// <summary>Gives up intents whose console stopped before it recorded the result: a row states that their outcome is unknown.</summary>
internal sealed partial class IntentLeaseSweeper(IConsoleStore store, AuditChain rows, TimeProvider time, ILogger<IntentLeaseSweeper> log)
    : PeriodicWorker(Every, time, atStart: true)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private bool _checkedAll;

    /// <summary>Gives up such intents; called by the background loop.</summary>
    /// <returns>How many were given up; also 0 where the file cannot be used now.</returns>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        try
        {
            // This check takes no lock. Another console may give them up at the same moment, so it is repeated under the lock.
            var givenUp = await GiveUpWithoutLeaseAsync(cancel);
            return givenUp + (await store.ReadAsync(connection => IntentLeases.AnyExpired(connection, Time.GetUtcNow()), cancel)
                ? await GiveUpAsync(transaction => IntentLeases.ExpiredAt(transaction, Time.GetUtcNow()), cancel)
                : 0);
        }
        catch (StoreException)
        {
            // The monitor of the log reports what is wrong with the file; the next round tries again.
            return 0;
        }
    }

    protected override Task RunOnceAsync(CancellationToken cancel) => SweepAsync(cancel);

    /// <summary>
    /// Gives up intents without a lease: a lease is removed only with its outcome, so theirs was removed by hand. It runs once per start,
    /// because it reads every intent.
    /// </summary>
    private async Task<int> GiveUpWithoutLeaseAsync(CancellationToken cancel)
    {
        if (_checkedAll)
        {
            return 0;
        }

        var givenUp = await store.ReadAsync(IntentLeases.AnyWithoutLease, cancel) ? await GiveUpAsync(IntentLeases.FindWithoutLease, cancel)
            : 0;
        _checkedAll = true;
        return givenUp;
    }

    private async Task<int> GiveUpAsync(Func<DbTransaction, List<AuditRow>> find, CancellationToken cancel)
    {
        var givenUp = await store.WriteAsync(transaction => find(transaction).ConvertAll(intent => GiveUp(transaction, intent)), cancel);
        await (givenUp is [.., var last] ? rows.CommittedAsync(last) : Task.CompletedTask);
        return givenUp.Count;
    }

    private AuditRow GiveUp(DbTransaction transaction, AuditRow intent)
    {
        IntentLeases.Drop(transaction, intent.Act!);
        return rows.Append(transaction, AuditKind.Outcome, intent.Act, new(intent.Action, intent.Actor, intent.Address)
        {
            Subject = intent.Subject,
            Instance = InstanceId.Parse(intent.Instance),
            RunId = intent.RunId,
            Database = (int?)intent.Database,
            Reason = intent.Reason,
            Result = AuditResult.Unknown,
            Detail = $"The console that ran it ({intent.Replica}) did not report an outcome in time. Check "
                + $"{intent.Instance ?? intent.Subject ?? "what it was about"} before you try again.",
        });
    }

    [LoggerMessage(
        511, LogLevel.Error, "Giving up intents whose outcome is unknown failed unexpectedly; it is tried again in 5 s")]
    protected override partial void LogUnexpected(Exception error);
}
