using System.Data.Common;
using Dapper;
using Dashboard.Changes;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Realtime.Presence;

/// <summary>
/// Every 5 s, while somebody has a page open here: tells the other consoles who, and reads who is at theirs. One transaction for both; who
/// is not told again for 15 s has left.
/// </summary>
internal sealed partial class PresenceWorker(
    Viewers viewers, ITransientStore store, ReplicaId self, TimeProvider time, ILogger<PresenceWorker> log)
    : PeriodicWorker(Period, time)
{
    /// <summary>How long after it was written a row holds.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>The maximum number of rows that are written and read; of more, some people are not shown.</summary>
    public const int MaxRows = 500;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private bool _hasRows;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_hasRows)
        {
            try
            {
                await store.WriteAsync(transaction => Replace(transaction, []), cancellationToken);
            }
            catch (Exception error) when (error is StoreException or OperationCanceledException)
            {
                // Its rows end by themselves.
            }
        }
    }

    /// <summary>Tells and reads once.</summary>
    internal async Task ExchangeAsync(CancellationToken cancel)
    {
        var here = viewers.Here;
        if (here.Count == 0 && !_hasRows)
        {
            // Nobody looks: what was read before is too old for who comes next.
            viewers.SetElsewhere([]);
            return;
        }

        IReadOnlyList<Viewer> elsewhere = [];
        try
        {
            elsewhere = await store.WriteAsync(
                transaction =>
                {
                    Replace(transaction, here);
                    return Read(transaction);
                }, cancel);
            _hasRows = here.Count > 0;
        }
        finally
        {
            // Who cannot be read is not shown any longer.
            viewers.SetElsewhere(elsewhere);
        }
    }

    protected override Task RunOnceAsync(CancellationToken cancel) => ExchangeAsync(cancel);

    /// <returns>How many rows it wrote.</returns>
    private int Replace(DbTransaction transaction, IReadOnlyCollection<Viewer> here)
    {
        var (connection, now) = (transaction.Connection!, Time.GetUtcNow());
        connection.Execute(
            "DELETE FROM presence WHERE replica = @replica OR until <= @now",
            new { replica = self.Value, now = now.ToUnixTimeMilliseconds() }, transaction);
        foreach (var viewer in here.Take(MaxRows))
        {
            transaction.ExecuteOne(
                "INSERT INTO presence (replica, person, instance, acting, until) VALUES (@replica, @person, @instance, @acting, @until)",
                new
                {
                    replica = self.Value,
                    person = viewer.Person,
                    instance = viewer.Instance.Value,
                    acting = viewer.Acting,
                    until = (now + Lease).ToUnixTimeMilliseconds(),
                });
        }

        return Math.Min(here.Count, MaxRows);
    }

    private IReadOnlyList<Viewer> Read(DbTransaction transaction) =>
    [
        .. transaction.Connection!.Query<(string Person, string Instance, string? Acting)>(
            "SELECT person Person, instance Instance, acting Acting FROM presence WHERE replica <> @replica "
                + "ORDER BY person, instance, acting LIMIT @most", new { replica = self.Value, most = MaxRows }, transaction)
            .Where(row => InstanceId.Parse(row.Instance) is not null)
            .Select(row => new Viewer(row.Person, InstanceId.Parse(row.Instance)!.Value, row.Acting)),
    ];

    [LoggerMessage(631, LogLevel.Warning, "Who is at other consoles is not known: the file for it cannot be used. It is tried again")]
    protected override partial void LogUnexpected(Exception error);
}
