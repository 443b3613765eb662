using System.Globalization;
using Dashboard.Access.Roles;
using Dashboard.Actions.Scanning;
using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Monitoring;
using Dashboard.Valkey;

namespace Dashboard.Actions.Reclaim;

/// <summary>Scans all keys so that the server drops those that have expired. No delete is ever sent.</summary>
internal sealed class ReclaimExpired(ScanBudget budget, TimeProvider time) : IAdminAction
{
    /// <summary>The name of the count of keys that the server expires on its own in an hour; absent when that is not known.</summary>
    public const string ExpiriesAnHour = "expiries_an_hour";

    /// <summary>The window over which the server's own rate is measured.</summary>
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);

    public string Id => "keys.reclaim";

    public string Name => "reclaim expired keys";

    public string Summary => "Scans all keys, so that the server removes those that have expired. No delete is sent.";

    public string? ScopeLabel => null;

    public Permission Permission => Permission.Reclaim;

    public bool Destroys => false;

    public bool IsOffered(Purpose purpose) => true;

    public string? ForbiddenOn(Purpose purpose) => null;

    public Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel)
    {
        var (instance, facts) = (request.Target.Instance, request.Target.Facts!.Snapshot);
        var database = facts.Keyspace.Databases.FirstOrDefault(one => one.Index == instance.Address.Database);
        var keys = facts.Keyspace.Known ? database?.Keys ?? 0 : (long?)null;
        return Task.FromResult<PlanResult>(keys switch
        {
            null => new PlanResult.Refused($"{instance.Id} does not report how many keys it has, so the effect cannot be previewed."),
            0 => new PlanResult.Refused($"{instance.Id} has no keys in database {instance.Address.Database}: there is nothing to reclaim."),
            _ when database!.Expires == 0 =>
                new PlanResult.Refused($"No key in database {instance.Address.Database} of {instance.Id} has a time to live: there is "
                    + $"nothing to reclaim."),
            { } many => new PlanResult.Planned(PlanOf(request.Target, facts, many, database.Expires ?? 0)),
        });
    }

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var before = await server.FactsAsync(cancel);
        var began = time.GetTimestamp();
        var scan = new KeyspaceScan(server, progress, budget, time);
        var abort =
            await scan.OverAsync((cursor, size) => server.ReclaimAsync(plan.Guard, cursor, size, cancel), plan.Counts["keys"], cancel);
        var after = await server.FactsAsync(cancel);
        return ReclaimOutcome.Of(plan, scan, abort, before, after, time.GetElapsedTime(began));
    }

    private ActionPlan PlanOf(InstanceState target, Snapshot facts, long keys, long expires)
    {
        var (instance, stale) = (target.Instance, facts.Stats.ExpiredStalePercent);
        var counts = new Dictionary<string, long> { ["keys"] = keys, ["expires"] = expires };
        if (target.Over(MetricCatalog.Get("expired_keys"), RateWindow)?.Value is { } rate)
        {
            counts[ExpiriesAnHour] = (long)Math.Round(rate * TimeSpan.SecondsPerHour);
        }

        return new(Guid.NewGuid(), Id, instance, facts.Server.RunId!, time.GetUtcNow())
        {
            ReplicationId = facts.Replication.ReplId,
            Glance =
            [
                new(CountText.Keys(expires), "have a time to live; those that have expired are removed"),
                new($"about {CountText.Text(1 + (long)budget.TimeFor(keys).TotalSeconds)} s", "at full pace; it can be stopped"),
                new("0 deletes", "are sent: the server removes them itself"),
            ],
            Effects =
            [
                $"Scans {CountText.Text(keys)} keys of database {instance.Address.Database}, {budget.PageSize} at a time with pauses, "
                    + $"about {CountText.Text(1 + (long)budget.TimeFor(keys).TotalSeconds)} s at full pace; it slows down where other "
                    + "clients would be affected.",
                $"Of the {CountText.Text(expires)} keys with a time to live, the server removes those that have expired. "
                    + "No other key is touched, and no delete is sent.",
                stale is { } percent
                    ? $"The server estimates that {percent.ToString("0.#", CultureInfo.InvariantCulture)} % of the keys with a time to "
                        + "live have expired (expired_stale_perc). It also removes them on its own: when a client reads one, and a sample "
                        + "of them ten times a second."
                    : "The server also removes them on its own: when a client reads one, and a sample of them ten times a second.",
            ],
            Ceiling = keys,
            Counts = counts,
        };
    }
}
