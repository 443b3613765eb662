using System.Globalization;
using Dashboard.Access;
using Dashboard.Access.Roles;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Storage;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>Brings back what a flush retained, page by page. A key that exists again is newer and stays.</summary>
/// <remarks>
/// Moved home key by key instead of exchanged as a whole: no moment lies between looking whether a newer key is there and acting,
/// so what applications write in between is never lost, and an Undo that was cut off continues where it was.
/// </remarks>
internal sealed class UndoFlush(RetainedFlushes flushes, KeyCheck check, ScanBudget budget, TimeProvider time) : IAdminAction
{
    /// <summary>A key that was there from beginning to end is met in one pass; more are for what a lost page leaves.</summary>
    private const int MaxPasses = 3;

    public const string ActionId = "cache.flush.undo";

    public string Id => ActionId;

    public string Name => "undo a flush";

    public string Summary => "Brings back what a flush kept. A key that was written again since stays as it is.";

    public string? ScopeLabel => null;

    public Permission Permission => Permission.Flush;

    public bool Destroys => false;

    public bool IsOffered(Purpose purpose) => false;

    public string? ForbiddenOn(Purpose purpose) => FlushCache.Forbidden(purpose);

    public async Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel)
    {
        try
        {
            var open = await flushes.OpenAsync(cancel);
            var target = request.Target.Instance;
            return !Guid.TryParse(request.Scope, out var id) || await flushes.FindAsync(id, cancel) is not { } flush
                || flush.Instance != target.Id
                ? new PlanResult.Refused("There is no such flush to undo.")
                : (WhyNot(flush, open, target) ?? WhyOwned(flush, request)) is { } why ? new PlanResult.Refused(why)
                : new PlanResult.Planned(PlanOf(flush, target));
        }
        catch (StoreException unusable)
        {
            return new PlanResult.Refused(Refusal.AuditUnavailable(unusable.Message).Sentence);
        }
    }

    public ActionPlan PlanOf(RetainedFlush flush, Instance instance) => new(Guid.NewGuid(), Id, instance, flush.RunId, time.GetUtcNow())
    {
        Scope = flush.Id.ToString(),
        Glance = [new(CountText.Keys(flush.Keys), $"at most come back from database {flush.Spare}")],
        Effects = [$"Brings back up to {CountText.Keys(flush.Keys)} from database {flush.Spare}. A key that was written again since "
            + $"stays as it is."],
        Cautions = ["What the application deleted since the flush may reappear."],
        Ceiling = flush.Keys,
        Counts = CountText.Known(("keys", flush.Keys)),
    };

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var id = Guid.Parse(plan.Scope, CultureInfo.InvariantCulture);
        try
        {
            var flush = await flushes.FindAsync(id, cancel);
            return await ClaimAsync(flush, progress.Run)
                ? await BringBackAsync(flush!, await flushes.WasTriedAsync(id, progress.Run.Id, cancel), server, progress, cancel)
                : new(
                    AuditResult.Failed, flush is null ? "There is no such flush to undo."
                        : WhyNot(flush) ?? "Another run took it first.");
        }
        catch (StoreException unusable)
        {
            return new(AuditResult.Failed, $"console.db could not be used. What is not back yet is still kept. {unusable.Message}");
        }
        finally
        {
            // What was checked in the meantime is not what came back.
            check.Forget(plan.Instance.Id);
        }
    }

    /// <returns>False when it cannot be had.</returns>
    private async Task<bool> ClaimAsync(RetainedFlush? flush, Run run) => flush is not null
        && (await flushes.ClaimReturnAsync(flush.Id, run.Id)
            || (flush.Run is { } before && await flushes.ResumeAsync(flush.Id, before, run.Id)));

    /// <param name="again">Another run tried before, and may have brought back more than it could report.</param>
    private async Task<ActionOutcome> BringBackAsync(
        RetainedFlush flush, bool again, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var begun = await server.ChangeFlushAsync(
            flush.Guard, flush.Spare, flush.Id, RetentionDecision.RestoreFrom, FlushToken.Restoring, flush.BegunAt ?? 0,
            cancel);
        var scan = WalkOf(server, progress, budget, time);
        var left = begun is { Fault: null, Value.Failed: null } ? begun.Value.Value : (long?)null;
        var objection = StepObjection.Of(flush, begun) ?? await ScanAsync(flush, scan, left, server, cancel);
        var end = objection is null
            ? await RetentionEnd.EndAsync(flush, FlushToken.Restoring, scan.Left, server, cancel)
            : default;
        objection ??= StepObjection.Of(flush, end!);
        var (abort, others) = (AbortOf(objection), objection is null ? end!.Value!.Value : 0);
        return objection is { Obstacle: StepObstacle.TokenLost, Abort: var lost }
            ? await CloseAsync(flush, progress.Run, lost.Outcome)
            : await EndAsync(
                flush, UndoOutcome.Of(flush.Keys, left, again, scan, abort, progress.IsEnding, others), abort, scan, progress);
    }

    private static ScanAbort? AbortOf(StepObjection? objection) => objection is { Obstacle: StepObstacle.OtherState }
        ? new(AuditResult.Failed, "Its minute is over: it is being deleted.")
        : objection?.Abort;

    private static async Task<StepObjection?> ScanAsync(
        RetainedFlush flush, KeyspaceScan scan, long? left, IServerActor server, CancellationToken cancel)
    {
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var abort = await scan.OverAsync(
                (cursor, size) => server.BringBackAsync(flush.Guard, flush.Spare, flush.Id, cursor, size, cancel), left ?? flush.Keys,
                cancel);
            if (abort is not null)
            {
                return StepObjection.Of(flush, abort);
            }

            var read = await server.ReadFlushAsync(flush.Guard, flush.Spare, cancel);
            if (read is { Value: { Failed: null, Value: { } tokens } } && tokens.SpareKeys <= scan.Left)
            {
                return null;
            }
        }

        return StepObjection.Of(flush, ScanAbort.NotEmpty(flush.Spare));
    }

    private async Task<ActionOutcome> EndAsync(
        RetainedFlush flush, ActionOutcome outcome, ScanAbort? abort, KeyspaceScan scan, IRunProgress progress)
    {
        if (abort is null)
        {
            return await CloseAsync(flush, progress.Run, outcome);
        }

        if (!progress.IsEnding)
        {
            // The token stays as it is: a change of it that arrived late would stop the next Undo, which goes on from this state.
            await flushes.KeepOnAsync(flush.Id, progress.Run.Id, Math.Max(0, flush.Keys - scan.Seen));
        }

        // Else it stays with this run, which is over: the next console continues it.
        return outcome;
    }

    private async Task<ActionOutcome> CloseAsync(RetainedFlush flush, Run run, ActionOutcome outcome)
    {
        await flushes.EndAsync(flush with { State = RetentionState.Restoring, Run = run.Id }, outcome.Sentence);
        return outcome;
    }

    /// <summary>
    /// Scans without pauses while the server is quick, because a person and the database behind the cache wait for it. Where the server is
    /// slow, the scan slows down and continues to its end.
    /// </summary>
    public static KeyspaceScan WalkOf(IServerActor server, IRunProgress progress, ScanBudget budget, TimeProvider time) =>
        new(server, progress, budget with { Pause = TimeSpan.Zero }, time) { EndsWhereSlow = false };

    /// <summary>The settings may have changed since: what an instance keeps there is not the flush's.</summary>
    private static string? WhyOwned(RetainedFlush flush, PlanRequest request) =>
        request.Fleet.FirstOrDefault(one => one.Instance.Address.Endpoint == request.Target.Instance.Address.Endpoint
            && one.Instance.Address.Database == flush.Spare) is { } owner
            ? $"The settings name database {flush.Spare} as {owner.Instance.Id}'s own now, so nothing is moved out of it."
            : null;

    private static string? WhyNot(RetainedFlush flush, IReadOnlyList<RetainedFlush> open, Instance target) =>
        WhyNot(flush)
        ?? (flush.Database != target.Address.Database
            ? $"It was database {flush.Database} that was flushed, and the settings name database {target.Address.Database} now. Let them "
                + $"name the one before, then undo it."
        : open.FirstOrDefault(
            other => other.Instance == flush.Instance && other.Database == flush.Database && other.SwappedAt > flush.SwappedAt) is { } newer
            ? $"It was flushed once more at {newer.SwappedAt.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC, and "
                + $"those keys are newer. Undo that flush first, or free its memory."
            : null);

    private static string? WhyNot(RetainedFlush flush) => flush.State switch
    {
        RetentionState.Retained => null,
        RetentionState.Restoring => "It is being brought back already.",
        RetentionState.Purging => "Its minute is over: it is being deleted.",
        RetentionState.Pending => "Whether it was flushed is not known yet. Wait a moment.",
        _ => "It is over: its keys were brought back or deleted.",
    };
}
