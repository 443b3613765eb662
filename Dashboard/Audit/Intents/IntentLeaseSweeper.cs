using System.Data.Common;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Changes;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Audit.Intents;

/// <summary>Gives up intents whose console went away before it could say what came of them: their outcome is unknown, and a row says so.</summary>
internal sealed partial class IntentLeaseSweeper(IConsoleStore store, AuditChain rows, TimeProvider time, ILogger<IntentLeaseSweeper> log)
    : PeriodicWorker(Every, time, atStart: true)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private bool _lookedAtAll;

    /// <summary>Called by the background loop.</summary>
    /// <returns>How many were given up; 0 also where the file cannot be used now.</returns>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        try
        {
            // Looking takes no lock; another console may give them up at the same moment, so it is looked again under the lock.
            var given = await BereftAsync(cancel);
            return given + (await store.ReadAsync(connection => IntentLeases.AnyExpired(connection, Time.GetUtcNow()), cancel)
                ? await GiveUpAsync(transaction => IntentLeases.ExpiredAt(transaction, Time.GetUtcNow()), cancel)
                : 0);
        }
        catch (StoreException)
        {
            // The watch over the log says what is wrong with the file; the next round tries again.
            return 0;
        }
    }

    protected override Task RunOnceAsync(CancellationToken cancel) => SweepAsync(cancel);

    /// <summary>A lease goes only with its outcome: one without was taken away by hand. Once a run, for it means to look at every intent.</summary>
    private async Task<int> BereftAsync(CancellationToken cancel)
    {
        if (_lookedAtAll)
        {
            return 0;
        }

        var given = await store.ReadAsync(IntentLeases.AnyBereft, cancel) ? await GiveUpAsync(IntentLeases.BereftOf, cancel) : 0;
        _lookedAtAll = true;
        return given;
    }

    private async Task<int> GiveUpAsync(Func<DbTransaction, List<AuditRow>> find, CancellationToken cancel)
    {
        var given = await store.WriteAsync(transaction => find(transaction).ConvertAll(intent => GiveUp(transaction, intent)), cancel);
        await (given is [.., var last] ? rows.CommittedAsync(last) : Task.CompletedTask);
        return given.Count;
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
            Detail = $"The console that ran it ({intent.Replica}) did not say in time what came of it. Look at {intent.Instance ?? intent.Subject ?? "what it was about"} before trying again.",
        });
    }

    [LoggerMessage(511, LogLevel.Error, "Looking for intents whose outcome is unknown failed in a way it should not; it is tried again in 5 s")]
    protected override partial void LogUnexpected(Exception error);
}
