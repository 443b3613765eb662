using Dashboard.Access.Roles;
using Dashboard.Actions.Sampling;
using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>Removes those keys of a cache that begin alike, page by page. Each page is one step that checks who the server is.</summary>
internal sealed class FlushByPrefix(ScanBudget budget, TimeProvider time) : IAdminAction
{
    public string Id => "cache.flush-prefix";

    public string Name => "flush by prefix";

    public string Summary => "Removes the keys that begin alike, page by page with pauses. There is no Undo.";

    public string? ScopeLabel => "Keys that begin with";

    public string? ScopeExample => "views/";

    public Permission Permission => Permission.Flush;

    public bool Destroys => true;

    /// <summary>Elsewhere the whole flush says why not.</summary>
    public bool IsOffered(Purpose purpose) => FlushCache.Forbidden(purpose) is null;

    public string? ForbiddenOn(Purpose purpose) => FlushCache.Forbidden(purpose);

    public async Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel)
    {
        var (target, facts, prefix) = (request.Target, request.Target.Facts!.Snapshot, request.Scope);
        var instance = target.Instance;
        if ((KeyPrefix.Refuse(prefix) ?? ForeignKeys.RefusePrefix(prefix, instance) ?? FlushCache.Refuse(instance, facts)) is { } why)
        {
            return new PlanResult.Refused(why);
        }

        var (keys, precondition) = (
            facts.Keyspace.In(instance.Address.Database),
            new ServerPrecondition(facts.Server.RunId!, instance.Address.Database, facts.Replication.ReplId));
        var (names, alike, refused) = await KeySampler.TakeAsync(server, precondition, prefix, cancel);
        if (names is null)
        {
            return new PlanResult.Refused(refused!);
        }

        var different = names.ToHashSet(StringComparer.Ordinal);
        var estimate =
            PopulationEstimate.Of(different.Count(name => name.StartsWith(prefix, StringComparison.Ordinal)), different.Count, keys);
        var sample = KeySample.Of(alike!, Math.Max(estimate.Estimate ?? 0, alike!.Count), instance.KeyPrefixes, time.GetUtcNow());
        return sample.Foreign is [var foreign, ..] ? new PlanResult.Refused(foreign.Sentence)
            : estimate.AtMost == 0
            ? new PlanResult.Refused($"No key of database {precondition.Database} begins with “{prefix}”. Look whether it is typed as "
                + $"the application writes it, a namespace before it included.")
            : new PlanResult.Planned(
                PrefixPreview.Complete(
                    new(Guid.NewGuid(), Id, instance, precondition.RunId, time.GetUtcNow())
                    {
                        ReplicationId = precondition.ReplicationId,
                        Scope = prefix,
                        Payload = new PrefixPayload(facts.Memory.EvictionPolicy!),
                    },
                    estimate, keys, sample, budget.TimeFor(keys)));
    }

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var (pattern, policy, rules) =
            (GlobPattern.StartingWith(plan.Scope), plan.PayloadAs<PrefixPayload>().Policy, plan.Instance.KeyPrefixes);
        var scan = new KeyspaceScan(server, progress, budget, time) { MaxDone = plan.Ceiling };
        var abort = await scan.OverAsync(
            (cursor, size) => server.RemoveAsync(
                plan.Guard, policy, pattern, plan.Ceiling - scan.Done - scan.Lost, rules, cursor, size, cancel),
            plan.Counts["keys"], cancel);
        var (begin, are) = scan.Done == 1 ? ("begins", "is") : ("begin", "are");
        var removed = $"{CountText.Keys(scan.Done)} that {begin} with “{plan.Scope}” {are} gone";
        var sentence = abort switch
        {
            null when scan.Lost > 0 => $"At least {removed}: the answer to a part of them was lost, and they are not counted.",
            null => $"{removed}.",
            { Result: AuditResult.Unknown } => $"{abort.Sentence} Up to the page before, {removed}.",
            _ => $"{abort.Sentence} {removed}.",
        };
        return new(abort?.Result ?? AuditResult.Done, sentence + LeftBy(scan))
        {
            Counts = CountText.Known(("removed", scan.Done), ("left", scan.Left > 0 ? scan.Left : null)),
        };
    }

    /// <summary>What the server left because of its name, to follow a sentence.</summary>
    internal static string LeftBy(KeyspaceScan scan) => scan.Left switch
    {
        0 => "",
        1 => " 1 more looks like an access token, a session or a key of Sidekiq, and was left.",
        _ => $" About {CountText.Text(scan.Left)} more look like access tokens, sessions or keys of Sidekiq, and were left.",
    };
}
