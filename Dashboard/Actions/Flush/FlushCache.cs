using Dashboard.Access;
using Dashboard.Access.Roles;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush.Recovery;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Sampling;
using Dashboard.Audit.Events;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Storage;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>
/// Empties a cache: by exchange with an empty database, so that Undo can bring it back for a minute, and for good where that cannot serve.
/// </summary>
internal sealed class FlushCache(
    RetainedFlushes flushes, RunStore runs, RecoveryEstimate recovery, KeyCheck check, TimeProvider time) : IAdminAction
{
    private const string ActionId = "cache.flush";

    /// <summary>A small cache may grow by so many keys between the preview and the flush.</summary>
    private const long Room = 1_000;

    /// <summary>Flushes before these say little of today's cache.</summary>
    private const int MostRuns = 50;

    public string Id => ActionId;

    public string Name => "flush the cache";

    public string Summary => "Empties the cache at once. You can undo it for one minute.";

    public string? ScopeLabel => null;

    public Permission Permission => Permission.Flush;

    public bool Destroys => true;

    public bool IsOffered(Purpose purpose) => true;

    public string? ForbiddenOn(Purpose purpose) => Forbidden(purpose);

    /// <summary>What may be emptied is a cache alone.</summary>
    public static string? Forbidden(Purpose purpose) => purpose.Profile.FlushRefusal;

    public async Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel)
    {
        var (target, facts) = (request.Target, request.Target.Facts!.Snapshot);
        if (Refuse(target.Instance, facts) is { } why)
        {
            return new PlanResult.Refused(why);
        }

        var (keys, precondition) = (
            facts.Keyspace.In(target.Instance.Address.Database),
            new ServerPrecondition(facts.Server.RunId!, target.Instance.Address.Database, facts.Replication.ReplId));
        if (await ReturningAsync(target.Instance, cancel) is { } coming)
        {
            return new PlanResult.Refused(coming);
        }

        var (names, refused) = await KeySampler.TakeAsync(server, precondition, cancel);
        if (names is null)
        {
            return new PlanResult.Refused(refused!);
        }

        var sample = KeySample.Of(names, keys, target.Instance.KeyPrefixes, time.GetUtcNow());
        if (sample.Foreign is [var seen, ..])
        {
            return new PlanResult.Refused(seen.Sentence);
        }

        var search = await check.BeginAsync(target.Instance, precondition, keys, cancel);
        if (search.State.Findings is [var foreign, ..])
        {
            return new PlanResult.Refused(foreign.Sentence);
        }

        var spare = await SpareAsync(request, precondition, server, cancel);
        var isLate = spare.Database is null && !search.State.IsComplete && (search.Elapsed > KeyCheck.Patience || search.Over.IsCompleted);
        if (isLate && !request.ByOwner)
        {
            return new PlanResult.Refused(KeyCheckText.NeedsOwner(search.State));
        }

        var plan = new ActionPlan(Guid.NewGuid(), Id, target.Instance, facts.Server.RunId!, time.GetUtcNow())
        {
            ReplicationId = precondition.ReplicationId,
            Ceiling = CeilingOf(keys),
            NeedsOwner = isLate,
            Payload = new FlushPayload(facts.Memory.EvictionPolicy!, spare.Database),
        };
        return new PlanResult.Planned(
            FlushPreview.Complete(
                plan, target, sample, search.State, spare.Why,
                await recovery.OfAsync(target, await FlushesAsync(target.Instance, cancel), cancel)));
    }

    public string? ChangeBetween(ActionPlan first, ActionPlan latest) => (HasUndo(first), HasUndo(latest)) switch
    {
        (true, false) => "There is no Undo any more.",
        (false, true) => "There is an Undo now.",
        _ when !first.NeedsOwner && latest.NeedsOwner => "The keys’ names could not all be checked in time.",
        _ => null,
    };

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var (refused, isChecked) = await check.CompleteAsync(plan, progress, cancel);
        if (refused is not null)
        {
            return refused;
        }

        try
        {
            return plan.PayloadAs<FlushPayload>().Spare is { } spare
                ? await new SoftFlush(flushes, time).ExecuteAsync(plan, spare, isChecked, server, progress, cancel)
                : await new PlainFlush(time).ExecuteAsync(plan, server, progress, cancel);
        }
        finally
        {
            // Another content is in the database now, or it is not known which.
            check.Forget(plan.Instance.Id);
        }
    }

    private static bool HasUndo(ActionPlan plan) => plan.PayloadAs<FlushPayload>().Spare is not null;

    /// <summary>More keys than this, and it is not what was looked at.</summary>
    private static long CeilingOf(long keys) => keys + (keys / 2) + Room;

    /// <summary>Refuses by the facts alone, before any key is read.</summary>
    internal static string? Refuse(Instance instance, Snapshot facts) =>
        facts.Memory.EvictsAnyKey is not true
            ? $"{instance.Id} is set to {facts.Memory.EvictionPolicy ?? "no eviction policy that it reports"}, and a cache evicts any key "
                + $"(allkeys-lru): this may be another purpose's server. Let the settings name the cache."
        : !facts.Keyspace.Known
            ? $"{instance.Id} does not say how many keys it has, so nothing could be said about what this would do."
        : facts.Keyspace.In(instance.Address.Database) == 0
            ? $"{instance.Id} has no keys in database {instance.Address.Database}: there is nothing to flush."
            : null;

    /// <summary>What comes back later would fill what was emptied now.</summary>
    private async Task<string?> ReturningAsync(Instance instance, CancellationToken cancel)
    {
        try
        {
            return (await flushes.OpenAsync(cancel)).Any(flush => flush.Instance == instance.Id && flush.State == RetentionState.Restoring)
                ? "An Undo is on its way: what was flushed before is being brought back. Wait until it is over."
                : null;
        }
        catch (StoreException unusable)
        {
            return Refusal.AuditUnavailable(unusable.Message).Sentence;
        }
    }

    /// <summary>When this console emptied it before, for the estimate.</summary>
    private async Task<IReadOnlyCollection<DateTimeOffset>> FlushesAsync(Instance instance, CancellationToken cancel)
    {
        try
        {
            var newest = await runs.NewestAsync(instance.Id, MostRuns, cancel);
            var undone = newest.Where(run => run.Action == UndoFlush.ActionId).Select(run => run.Scope).ToHashSet();
            return [
                .. newest.Where(run => run is { Action: ActionId, Result: AuditResult.Done } && !undone.Contains(run.Id.ToString()))
                    .Select(run => run.BegunAt)];
        }
        catch (StoreException)
        {
            return [];
        }
    }

    /// <returns>The database that may retain what is flushed, or why there is none, to follow "no Undo: ".</returns>
    private static async Task<(int? Database, string? Why)> SpareAsync(
        PlanRequest request, ServerPrecondition precondition, IServerActor server, CancellationToken cancel)
    {
        var (instance, facts) = (request.Target.Instance, request.Target.Facts!.Snapshot);
        if ((SpareDatabase.RefuseSettings(instance) ?? SpareDatabase.RefuseServer(facts)) is { } why)
        {
            return (null, why);
        }

        var spare = instance.SpareDatabase!.Value;
        if (request.Fleet.FirstOrDefault(
            one => one.Instance.Address.Database == spare && one.Facts?.Snapshot.Server.RunId == precondition.RunId) is { } other)
        {
            return (null, $"{other.Instance.Id} uses database {spare} of the same server");
        }

        if ((await server.ClientsAsync(cancel)).Value is not { } clients)
        {
            return (null, "which databases its clients use could not be read");
        }

        return await RehearseAsync(server, cancel) is { } lacking ? (null, lacking)
            : SpareDatabase.Refuse(instance, clients, await server.ReadFlushAsync(precondition, spare, cancel)) is { } taken ? (null, taken)
            : (spare, null);
    }

    /// <summary>
    /// Checks by dry runs that the acting user may run every command of the flush, its Undo and its purge on this server.
    /// </summary>
    /// <returns>Why not, to follow "no Undo: "; null when it may, or when the server does not answer dry runs.</returns>
    private static async Task<string?> RehearseAsync(IServerActor server, CancellationToken cancel)
    {
        if ((await server.WhoAmIAsync(cancel)).Value is not { } user)
        {
            return null;
        }

        foreach (var command in SpareDatabase.Commands)
        {
            switch (await server.MayRunAsync(user, command.FullCommand, cancel))
            {
                case { Fault: { Kind: FaultKind.Other } fault } when fault.Detail.Contains("not found", StringComparison.OrdinalIgnoreCase):
                    return $"this server has no command {command}";
                case { Fault: null, Value: not DryRun.Allowed }:
                    return $"{user} may not run {command}. The Privileges page shows the line to copy";
            }
        }

        return null;
    }
}
