using Dashboard.Audit.Events;
using Dashboard.Configuration;
using Dashboard.Instances;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// Looks after one swap: gives it up, or finds out what became of it. What fails is tried again later and later, up to once a minute.
/// </summary>
internal sealed class SwapKeeper(
    SwapPurge purge, SwapSearch search, SwapResume resume, SwapClosing closing, SwapTries tries, MonitoringSettings settings)
{
    /// <summary>A run or a console ended in the middle.</summary>
    public Task AdoptAsync(Swap swap, CancellationToken cancel) => WhereWatchedAsync(swap, swap.State switch
    {
        SwapState.Begun => search.SeekAsync,
        SwapState.Returning => resume.ResumeAsync,
        SwapState.Purging => purge.AgainAsync,
        _ => (_, _, _) => Task.CompletedTask,
    }, cancel);

    /// <param name="open">All that is not over: of others nothing is remembered.</param>
    public void ForgetAllBut(IEnumerable<Swap> open) => tries.ForgetAllBut([.. open.Select(swap => swap.Id)]);

    /// <summary>Its time is over.</summary>
    public Task PurgeAsync(Swap swap, CancellationToken cancel) => WhereWatchedAsync(swap, purge.PurgeAsync, cancel);

    private async Task WhereWatchedAsync(Swap swap, Func<Swap, Instance, CancellationToken, Task> act, CancellationToken cancel)
    {
        if (!tries.IsDue(swap.Id))
        {
            return;
        }

        if (settings.Instances.FirstOrDefault(instance => instance.Id == swap.Instance) is { } instance)
        {
            await act(swap, instance, cancel);
        }
        else if (tries.Failed(swap.Id) > SwapClosing.Patience)
        {
            // Another console that shares the file may still watch it.
            await closing.CloseAsync(
                swap, AuditResult.Unknown, $"{swap.Instance} is not watched any more. {SwapClosing.Left(swap)}", cancel);
        }
    }
}
