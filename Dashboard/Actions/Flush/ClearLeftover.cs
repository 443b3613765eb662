using Dashboard.Access;
using Dashboard.Access.Roles;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Sampling;
using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Storage;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>
/// Deletes what an earlier flush left and no flush of this console's store accounts for: its token, and its keys in the spare database,
/// page by page.
/// </summary>
internal sealed class ClearLeftover(RetainedFlushes flushes, ScanBudget budget, TimeProvider time) : IAdminAction
{
    public string Id => "cache.clear-spare";

    public string Name => "delete what an earlier flush left";

    public string Summary => "Deletes the keys in the spare database and the marks of a flush that no console keeps. There is no Undo.";

    public string? ScopeLabel => null;

    public Permission Permission => Permission.Flush;

    public bool Destroys => true;

    public bool IsRare => true;

    /// <summary>Elsewhere the whole flush says why not.</summary>
    public bool IsOffered(Purpose purpose) => FlushCache.Forbidden(purpose) is null;

    public string? ForbiddenOn(Purpose purpose) => FlushCache.Forbidden(purpose);

    public async Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel)
    {
        var (instance, facts) = (request.Target.Instance, request.Target.Facts!.Snapshot);
        if ((LeftoverPreview.Refuse(request) ?? await OpenAsync(instance, facts.Server.RunId!, cancel)) is { } why)
        {
            return new PlanResult.Refused(why);
        }

        var precondition = new ServerPrecondition(facts.Server.RunId!, instance.Address.Database, facts.Replication.ReplId);
        var spare = precondition with { Database = instance.SpareDatabase!.Value };
        var (names, refused) = await KeySampler.TakeAsync(server, spare, cancel);
        if (names is null)
        {
            return new PlanResult.Refused(refused!);
        }

        var read = await server.ReadFlushAsync(precondition, spare.Database, cancel);
        var clients = await server.ClientsAsync(cancel);
        if (LeftoverPreview.Refuse(instance, read, clients) is { } not)
        {
            return new PlanResult.Refused(not);
        }

        var tokens = read.Value!.Value!;
        var sample = KeySample.Of(
            [.. names.Where(name => name != FlushToken.Key)], tokens.SpareKeys, instance.KeyPrefixes, time.GetUtcNow());
        return sample.Foreign is [var foreign, ..]
            ? new PlanResult.Refused(
                $"Among the keys of database {spare.Database} {foreign.Summary}. They do not belong to a cache's flush: find out whose "
                    + "they are, and move or delete them by hand. Then look again.")
            : new PlanResult.Planned(
                LeftoverPreview.Complete(
                    new(Guid.NewGuid(), Id, instance, precondition.RunId, time.GetUtcNow())
                    {
                        ReplicationId = precondition.ReplicationId,
                        Payload = new LeftoverPayload(facts.Memory.EvictionPolicy!, spare.Database, tokens.Own, tokens.Spare),
                    },
                    tokens, sample));
    }

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var left = plan.PayloadAs<LeftoverPayload>();
        if (await OpenAsync(plan.Instance, plan.RunId, cancel) is { } open)
        {
            return new(AuditResult.Failed, open);
        }

        if (LeftoverPreview.RefuseClients(left.Spare, await server.ClientsAsync(cancel)) is { } used)
        {
            return new(AuditResult.Failed, $"{used} Nothing was deleted.");
        }

        var guard = plan.Guard with { Database = left.Spare };
        var scan = new KeyspaceScan(server, progress, budget, time) { MaxDone = plan.Ceiling };
        var abort = await scan.OverAsync(
            (cursor, size) => server.ClearAsync(
                guard, left.Policy, left.Kept?.Mark ?? "", plan.Ceiling - scan.Done - scan.Lost, plan.Instance.KeyPrefixes, cursor, size,
                cancel),
            plan.Counts["keys"], cancel);
        abort ??= await EndAsync(guard, left.Kept, server, cancel) ?? await EndAsync(plan.Guard, left.Own, server, cancel);
        return LeftoverPreview.OutcomeOf(left, scan, abort);
    }

    /// <summary>Removes a token, if it is still the one that was looked at.</summary>
    /// <returns>Why it is there yet; null where it is gone.</returns>
    private static async Task<ScanAbort?> EndAsync(
        ServerPrecondition precondition, FlushToken? token, IServerActor server, CancellationToken cancel) => token is null ? null
        : await server.EndFlushAsync(precondition, token.Flush, token.State, cancel) switch
        {
            { Fault: { } fault } => ScanAbort.OfFault(fault),
            { Value.Failed: { Condition: "token", Found: "" } } => null,
            { Value.Failed: { } failed } => ScanAbort.OfBreach(failed),
            _ => null,
        };

    /// <summary>Why nothing is cleared while this console's store accounts for a flush; null where it does not.</summary>
    /// <remarks>An instance may have had another name when it was flushed, or have two names in the settings.</remarks>
    private async Task<string?> OpenAsync(Instance instance, string runId, CancellationToken cancel)
    {
        try
        {
            return (await flushes.OpenAsync(cancel)).FirstOrDefault(
                flush => flush.Instance == instance.Id || (flush.RunId == runId && flush.Spare == instance.SpareDatabase)) switch
            {
                null => null,
                { State: RetentionState.Pending } =>
                    "Whether the last flush was done is not known yet; the console finds out. Wait a moment, then look again.",
                var flush => $"A flush of {flush.Instance} is not over yet. Undo it, or free its memory; then look again.",
            };
        }
        catch (StoreException unusable)
        {
            return Refusal.AuditUnavailable(unusable.Message).Sentence;
        }
    }
}
