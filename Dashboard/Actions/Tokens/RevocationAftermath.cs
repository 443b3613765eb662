using System.Data.Common;
using Dashboard.Instances;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// What is looked at after tokens were revoked: open while something is still to be done, and for a while after something was found.
/// </summary>
internal sealed class RevocationAftermath(RevocationSteps steps, TimeProvider time) : IActionAftermath
{
    /// <summary>How long a result that needs a person is shown on every page.</summary>
    private static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(10);

    /// <summary>How long a good result is shown.</summary>
    private static readonly TimeSpan ShownAfterEnd = TimeSpan.FromSeconds(20);

    /// <summary>Steps that are due later belong to a run that still deletes; it says itself how far it is.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(65);

    public async Task<IReadOnlyList<AftermathItem>> OpenAsync(InstanceId instance, CancellationToken cancel) =>
    [
        .. (await steps.LatestAsync(instance, time.GetUtcNow() - ShownFor, cancel)).GroupBy(step => step.Run)
            .Where(run => run.Any(step => step.EndedAt is null ? step.DueAt <= time.GetUtcNow() + Soon
                : step.EndedAt > time.GetUtcNow() - ShownAfterEnd || NeedsAPerson(step, run)))
            .Select(run => new Revocation(run.Key, run.First().User) { Steps = [.. run] }),
    ];

    /// <summary>Sockets that are not set up need nobody each time, and what a later look found out is known.</summary>
    private static bool NeedsAPerson(RevocationStep step, IEnumerable<RevocationStep> run) =>
        step.Level == "warn" || (step.Level == "unknown" && (!step.IsOfSockets || step.Details is not null)
            && !run.Any(later => later.DueAt > step.DueAt && later.IsOfSockets == step.IsOfSockets && later.Level == "ok"));

    public IReadOnlyCollection<Guid> RunsInUse(DbConnection connection) => [];
}
