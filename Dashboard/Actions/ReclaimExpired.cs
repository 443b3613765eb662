using System.Globalization;
using Dashboard.Access;
using Dashboard.Audit;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>Lets a server drop the keys whose time has run out, by walking over all of them. No delete is ever sent.</summary>
internal sealed class ReclaimExpired(TimeProvider time) : IAdminAction
{
    public string Id => "keys.reclaim";

    public string Name => "reclaim expired keys";

    public Permission Permission => Permission.Reclaim;

    public bool Destroys => false;

    public string? ForbiddenOn(Purpose purpose) => null;

    public Task<PlanReply> PlanAsync(PlanQuestion question, IValkeyServer server, CancellationToken cancel)
    {
        var (instance, facts) = (question.Target.Instance, question.Target.Facts!.Snapshot);
        var database = facts.Keyspace.Databases.FirstOrDefault(one => one.Index == instance.Address.Database);
        var keys = facts.Keyspace.Known ? database?.Keys ?? 0 : (long?)null;
        return Task.FromResult<PlanReply>(keys switch
        {
            null => new PlanReply.Refused($"{instance.Id} does not say how many keys it has, so nothing could be said about what this would do."),
            0 => new PlanReply.Refused($"{instance.Id} has no keys in database {instance.Address.Database}: there is nothing to reclaim."),
            { } many => new PlanReply.Planned(PlanOf(instance, facts, many, database!.Expires ?? 0)),
        });
    }

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IValkeyServer server, IRunProgress progress, CancellationToken cancel)
    {
        var guard = new StepGuard(plan.RunId, plan.Instance.Address.Database);
        var before = await LookAsync(server, cancel);
        var began = time.GetTimestamp();
        var walk = new Walk(progress, time);
        var end = await walk.OverAsync((cursor, size) => server.ReclaimAsync(guard, cursor, size, cancel), plan.Counts["keys"], cancel);
        var after = await LookAsync(server, cancel);
        return Outcome(walk, end, before, after, time.GetElapsedTime(began));
    }

    private ActionPlan PlanOf(Instance instance, Snapshot facts, long keys, long expires)
    {
        var stale = facts.Stats.ExpiredStalePercent;
        return new(Guid.NewGuid(), Id, instance, facts.Server.RunId!, time.GetUtcNow())
        {
            Effects =
            [
                $"Walks over {Count(keys)} keys of database {instance.Address.Database}, {Pace.Full} at a time with pauses, about {Count(keys / 30_000 + 1)} s at full pace; it slows down where other clients would feel it.",
                $"The server drops those of the {Count(expires)} keys with a time to live whose time has run out. No key that still lives is touched, and no delete is sent.",
                stale is { } percent
                    ? $"The server guesses that {percent.ToString("0.#", CultureInfo.InvariantCulture)} % of the keys with a time to live are such (expired_stale_perc). It drops them by itself as well: when somebody asks for one, and a sample of them ten times a second."
                    : "The server drops them by itself as well: when somebody asks for one, and a sample of them ten times a second.",
            ],
            Ceiling = keys,
            Counts = new Dictionary<string, long> { ["keys"] = keys, ["expires"] = expires },
        };
    }

    private static async Task<Snapshot?> LookAsync(IValkeyServer server, CancellationToken cancel) => (await server.InfoAsync(cancel)).Value is { } text ? Snapshot.Parse(text) : null;

    /// <summary>The server counts all expiries together: its own of this time are in the number.</summary>
    private static ActionOutcome Outcome(Walk walk, WalkEnd? end, Snapshot? before, Snapshot? after, TimeSpan took)
    {
        var counts = new Dictionary<string, long> { ["seen"] = walk.Seen };
        var sameServer = before is not null && after is not null && before.Server.RunId == after.Server.RunId;
        var expired = sameServer ? after!.Stats.Expired - before!.Stats.Expired : null;
        var memory = sameServer ? before!.Memory.Used - after!.Memory.Used : null;
        Put("expired", expired);
        Put("keys_before", before?.Keyspace.Keys);
        Put("keys_after", after?.Keyspace.Keys);
        var gain = expired is { } many
            ? $"About {Count(many)} expired keys are gone{(memory is > 0 ? $" and {UnitFormat.Text(Unit.Bytes, memory)} of memory with them" : "")}, those included that the server dropped by itself meanwhile."
            : "How many expired keys are gone is not known: the server was not the same before and after, or does not say.";
        return new(end is null ? AuditResult.Done : AuditResult.Failed, $"{end?.Sentence} Walked over {Count(walk.Seen)} keys in {took.TotalSeconds:0.0} s. {gain}".TrimStart()) { Counts = counts };

        void Put(string name, long? value)
        {
            if (value is { } known)
            {
                counts[name] = known;
            }
        }
    }

    private static string Count(long number) => UnitFormat.Text(Unit.Count, number);
}
