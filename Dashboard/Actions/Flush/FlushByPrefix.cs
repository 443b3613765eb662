using Dashboard.Access.Roles;
using Dashboard.Actions.Preview;
using Dashboard.Audit.Events;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>Removes those keys of a cache that begin alike, page by page. Each page is one step that checks who the server is.</summary>
internal sealed class FlushByPrefix(PaceBudget budget, TimeProvider time) : IAdminAction
{
    public string Id => "cache.flush-prefix";

    public string Name => "flush by prefix";

    public string Summary => "Removes the keys that begin alike, page by page with pauses. There is no Undo.";

    public string? ScopeLabel => "Keys that begin with";

    public Permission Permission => Permission.Flush;

    public bool Destroys => true;

    /// <summary>Elsewhere the whole flush says why not.</summary>
    public bool IsOffered(Purpose purpose) => purpose == Purpose.Cache;

    public string? ForbiddenOn(Purpose purpose) => FlushCache.Forbidden(purpose);

    public async Task<PlanReply> PlanAsync(PlanQuestion question, IValkeyServer server, CancellationToken cancel)
    {
        var (target, facts, prefix) = (question.Target, question.Target.Facts!.Snapshot, question.Scope);
        if ((KeyPrefix.Refuse(prefix) ?? ForeignKeys.RefusePrefix(prefix) ?? FlushCache.Refuse(target.Instance, facts)) is { } why)
        {
            return new PlanReply.Refused(why);
        }

        var (keys, precondition) = (facts.Keyspace.In(target.Instance.Address.Database), new ServerPrecondition(facts.Server.RunId!, target.Instance.Address.Database));
        var (names, alike, refused) = await CacheLook.TakeAsync(server, precondition, prefix, cancel);
        if (names is null)
        {
            return new PlanReply.Refused(refused!);
        }

        var different = names.ToHashSet(StringComparer.Ordinal);
        var share = Share.Of(different.Count(name => name.StartsWith(prefix, StringComparison.Ordinal)), different.Count, keys);
        var sample = KeySample.Of(alike!, Math.Max(share.Estimate ?? 0, alike!.Count));
        return sample.Foreign is [var foreign, ..] ? new PlanReply.Refused(foreign.Sentence)
            : share.AtMost == 0 ? new PlanReply.Refused($"No key of database {precondition.Database} begins with “{prefix}”. Look whether it is typed as the application writes it, a namespace before it included.")
            : new PlanReply.Planned(PrefixPreview.Complete(new(Guid.NewGuid(), Id, target.Instance, precondition.RunId, time.GetUtcNow()) { Scope = prefix }, share, keys, sample, budget.TimeFor(keys)));
    }

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IValkeyServer server, IRunProgress progress, CancellationToken cancel)
    {
        var (pattern, walk) = (KeyPattern.StartingWith(plan.Scope), new Walk(server, progress, budget, time) { Most = plan.Ceiling });
        var end = await walk.OverAsync(
            (cursor, size) => server.RemoveAsync(plan.Guard, pattern, plan.Ceiling - walk.Done - walk.Lost, cursor, size, cancel), plan.Counts["keys"], cancel);
        var removed = $"{Counts.Keys(walk.Done)} that {(walk.Done == 1 ? "begins" : "begin")} with “{plan.Scope}” {(walk.Done == 1 ? "is" : "are")} gone";
        var sentence = end switch
        {
            null when walk.Lost > 0 => $"At least {removed}: the answer to a part of them was lost, and they are not counted.",
            null => $"{removed}.",
            { Result: AuditResult.Unknown } => $"{end.Sentence} Up to the page before, {removed}.",
            _ => $"{end.Sentence} {removed}.",
        };
        return new(end?.Result ?? AuditResult.Done, sentence) { Counts = Counts.Known(("removed", walk.Done)) };
    }
}
