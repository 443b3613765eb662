using Dashboard.Actions.Sampling;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>
/// Has all keys of a cache checked before it is flushed: a few tokens among a million keys are in no sample. The check is shared by
/// previews and flushes, and runs in the background.
/// </summary>
internal sealed class KeyCheck(ForeignKeySearches searches, TimeProvider time)
{
    /// <summary>How long a flush waits for the check, from its start on.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long a preview waits: 40,000 keys are checked in that time.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// A check that began before that says enough for a flush, and too little for deleting what the flush keeps: its names are checked
    /// again, where nobody writes.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns the check of an instance, after a moment in which a small cache is checked.</summary>
    public async Task<ForeignKeySearch> BeginAsync(Instance instance, ServerPrecondition precondition, long keys, CancellationToken cancel)
    {
        var search = searches.Of(instance, precondition, keys);
        await Task.WhenAny(search.Over, Task.Delay(Brief, time, cancel));
        return search;
    }

    /// <summary>Waits for the check before a flush.</summary>
    /// <returns>Why nothing is flushed, or whether all keys were checked just now.</returns>
    public async Task<(ActionOutcome? Refused, bool IsComplete)> CompleteAsync(
        ActionPlan plan, IRunProgress progress, CancellationToken cancel)
    {
        var search = searches.Of(plan.Instance, plan.Guard, plan.Counts["keys"]);
        while (MayWait(search, plan) && progress.Stop is null)
        {
            progress.Report((long)(search.State.Fraction * plan.Counts["keys"]), plan.Counts["keys"], "checking the keys’ names");
            await Task.WhenAny(search.Over, Task.Delay(Look, time, cancel));
        }

        return search.State switch
        {
            _ when progress.Stop is { } why => (new(AuditResult.Cancelled, $"{why} Nothing was flushed."), false),
            { Findings: [var foreign, ..] } => (new(AuditResult.Failed, $"{foreign.Sentence} Nothing was flushed."), false),
            { IsComplete: false } state when !plan.NeedsOwner && plan.PayloadAs<FlushPayload>().Spare is null =>
                (new(AuditResult.Failed, $"{KeyCheckText.Unfinished(state)} Nothing was flushed: open the preview again."), false),
            var state => (null, state.IsComplete && search.Elapsed < Fresh),
        };
    }

    /// <summary>Its keys were exchanged for others: what was checked is no longer what it holds.</summary>
    public void Forget(InstanceId instance) => searches.Forget(instance);

    private static bool MayWait(ForeignKeySearch search, ActionPlan plan) =>
        search.State is { EndedAt: null, Findings: [] } && search.Elapsed < Patience && !plan.NeedsOwner;
}
