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

/// <summary>Brings back what a soft flush put aside, page by page. A key that is there already is the newer one and stays.</summary>
/// <remarks>
/// Moved home key by key instead of exchanged as a whole: no moment lies between looking whether a newer key is there and acting,
/// so what applications write meanwhile is never lost, and an Undo that was cut off goes on where it was.
/// </remarks>
internal sealed class UndoFlush(SwapBook swaps, ScanBudget budget, TimeProvider time) : IAdminAction
{
    /// <summary>A key that was there from beginning to end is met in one walk; more are for what a lost page leaves.</summary>
    private const int MostWalks = 3;

    /// <summary>So many keys of others in the spare database are no reason to bring back none.</summary>
    private const int Strays = 16;

    public const string ActionId = "cache.flush.undo";

    public string Id => ActionId;

    public string Name => "undo a flush";

    public string Summary => "Brings back what a flush put aside. A key that was written anew meanwhile stays as it is.";

    public string? ScopeLabel => null;

    public Permission Permission => Permission.Flush;

    public bool Destroys => false;

    public bool IsOffered(Purpose purpose) => false;

    public string? ForbiddenOn(Purpose purpose) => FlushCache.Forbidden(purpose);

    public async Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel)
    {
        try
        {
            var open = await swaps.OpenAsync(cancel);
            var target = request.Target.Instance;
            return !Guid.TryParse(request.Scope, out var id) || await swaps.FindAsync(id, cancel) is not { } swap || swap.Instance != target.Id
                ? new PlanResult.Refused("There is no such flush to undo.")
                : WhyNot(swap, open, target) is { } why ? new PlanResult.Refused(why)
                : new PlanResult.Planned(PlanOf(swap, target));
        }
        catch (StoreException unusable)
        {
            return new PlanResult.Refused(Refusal.AuditUnavailable(unusable.Message).Sentence);
        }
    }

    public ActionPlan PlanOf(Swap swap, Instance instance) => new(Guid.NewGuid(), Id, instance, swap.RunId, time.GetUtcNow())
    {
        Scope = swap.Id.ToString(),
        Effects = [$"Brings back up to {CountText.Keys(swap.Keys)} from database {swap.Spare}. A key that was written anew meanwhile stays as it is."],
        Cautions = ["What the application deleted since the flush may reappear."],
        Ceiling = swap.Keys,
        Counts = CountText.Known(("keys", swap.Keys)),
    };

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var id = Guid.Parse(plan.Scope, CultureInfo.InvariantCulture);
        try
        {
            var swap = await swaps.FindAsync(id, cancel);
            return await ClaimAsync(swap, progress.Run)
                ? await BringBackAsync(swap!, await swaps.WasTriedAsync(id, progress.Run.Id, cancel), server, progress, cancel)
                : new(AuditResult.Failed, swap is null ? "There is no such flush to undo." : WhyNot(swap) ?? "Somebody else took it first.");
        }
        catch (StoreException unusable)
        {
            return new(AuditResult.Failed, $"console.db could not be used. What is not back yet is still kept. {unusable.Message}");
        }
    }

    /// <returns>False when it cannot be had.</returns>
    private async Task<bool> ClaimAsync(Swap? swap, Run run) => swap is not null
        && (await swaps.ClaimReturnAsync(swap.Id, run.Id) || (swap.Run is { } before && await swaps.ResumeAsync(swap.Id, before, run.Id)));

    /// <param name="again">Another run tried before, and may have brought back more than it could tell.</param>
    private async Task<ActionOutcome> BringBackAsync(Swap swap, bool again, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var scan = WalkOf(server, progress, budget, time);
        // Where it was flushed, whatever the settings name by now.
        var (home, spare) = (new ServerPrecondition(swap.RunId, swap.Database), new ServerPrecondition(swap.RunId, swap.Spare));
        var left = await server.CountAsync(spare, cancel) is { Fault: null, Value: { Failed: null, Value: var keys } } ? keys : (long?)null;
        ScanAbort? abort = null;
        for (var walks = 0; walks < MostWalks && abort is null; walks++)
        {
            abort = await scan.OverAsync((cursor, size) => server.BringBackAsync(home, swap.Spare, swap.Keys + Strays, cursor, size, cancel), left ?? swap.Keys, cancel);
            if (abort is not null || (await server.CountAsync(spare, cancel)).Value is { Failed: null, Value: 0 })
            {
                break;
            }

            abort = walks == MostWalks - 1 ? ScanAbort.NotEmpty(swap.Spare) : null;
        }

        var outcome = UndoOutcome.Of(swap.Keys, left, again, scan, abort, progress.IsEnding);
        if (abort is not null && progress.IsEnding)
        {
            // It stays this run's, which is over: the next console goes on with it.
            return outcome;
        }

        await (abort is null ? swaps.EndAsync(swap with { State = SwapState.Returning, Run = progress.Run.Id }, outcome.Sentence) : swaps.KeepOnAsync(swap.Id, progress.Run.Id, Math.Max(0, swap.Keys - scan.Seen)));
        return outcome;
    }

    /// <summary>Without pauses while the server is quick, for somebody waits for it, and so does the database behind; where it is slow, slowly to the end.</summary>
    public static KeyspaceScan WalkOf(IServerActor server, IRunProgress progress, ScanBudget budget, TimeProvider time) =>
        new(server, progress, budget with { Pause = TimeSpan.Zero }, time) { EndsWhereSlow = false };

    private static string? WhyNot(Swap swap, IReadOnlyList<Swap> open, Instance target) =>
        WhyNot(swap)
        ?? (swap.Database != target.Address.Database
            ? $"It was database {swap.Database} that was flushed, and the settings name database {target.Address.Database} now. Let them name the one before, then undo it."
        : open.FirstOrDefault(other => other.Instance == swap.Instance && other.Database == swap.Database && other.SwappedAt > swap.SwappedAt) is { } newer
            ? $"It was flushed once more at {newer.SwappedAt.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC, and those keys are newer. Undo that flush first, or free its memory."
            : null);

    private static string? WhyNot(Swap swap) => swap.State switch
    {
        SwapState.Kept => null,
        SwapState.Returning => "Somebody brings it back already.",
        SwapState.Purging => "Its minute is over: it is being given up.",
        SwapState.Begun => "Whether it was flushed is not known yet. Wait a moment.",
        _ => "It is over: its keys were brought back or given up.",
    };
}
