using Dashboard.Actions.Scanning;
using Dashboard.Alerts;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Valkey;

namespace Dashboard.Actions.Planning;

/// <summary>
/// Decides whether an action may be planned or executed. A refusal is a full sentence that says what to do instead. Pure: everything it
/// evaluates is passed in. The server checks again on its own.
/// </summary>
internal static class ActionGuard
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Why an action may not be planned, whatever the server holds; null when it may.</summary>
    public static string? RefuseToPlan(IAdminAction action, InstanceState target, IReadOnlyList<InstanceState> fleet) =>
        action.ForbiddenOn(target.Instance.Purpose) ?? RefuseTarget(target, fleet);

    /// <summary>
    /// Whether a phrase is required. Settings decide this, never the address: those of the instance, and those of each other
    /// instance that is the same database.
    /// </summary>
    public static bool RequiresPhrase(IAdminAction action, InstanceState target, IReadOnlyList<InstanceState> fleet) => action.Destroys
        && (target.Instance.Confirmation != ConfirmationPolicy.Click
            || fleet.Any(other => other.Instance.Confirmation != ConfirmationPolicy.Click && IsSameDatabase(target, other)));

    /// <summary>Whether a reason is required, also where nothing else has to be typed.</summary>
    public static bool RequiresReason(IAdminAction action, InstanceState target, IReadOnlyList<InstanceState> fleet) =>
        action.AlwaysNeedsReason || RequiresPhrase(action, target, fleet);

    private static bool IsSameDatabase(InstanceState one, InstanceState other) =>
        one.Instance.Address.Database == other.Instance.Address.Database
        && (one.Instance.Address.Endpoint == other.Instance.Address.Endpoint
            || (one.Facts?.Snapshot.Server.RunId is { } runId && runId == other.Facts?.Snapshot.Server.RunId));

    /// <summary>Why a plan may not be executed; null when it may.</summary>
    public static string? RefuseToExecute(
        IAdminAction action, ActionPlan plan, PlanConfirmation confirmation, InstanceState target, IReadOnlyList<InstanceState> fleet,
        DateTimeOffset now) =>
        RefuseToPlan(action, target, fleet)
        ?? RefuseOtherServer(plan, target)
        ?? (plan.IsOldAt(now) ? $"The preview is older than {ActionPlan.Life.TotalSeconds:0} s. Open it again, then confirm." : null)
        ?? (RequiresPhrase(action, target, fleet) ? RefusePhrase(plan, confirmation) : null)
        ?? (RequiresReason(action, target, fleet) ? RefuseReason(confirmation) : null);

    private static string? RefuseTarget(InstanceState target, IReadOnlyList<InstanceState> fleet)
    {
        var id = target.Instance.Id;
        if (!target.IsAnswering || target.Facts?.Snapshot is not { } facts)
        {
            return $"{id} does not answer now, so its state is unknown. Fix that first; its card says what is wrong.";
        }

        if (facts.Replication.Role != "master")
        {
            return facts.Replication.IsReplica
                ? $"{target.Instance.Address.Endpoint} is a replica and accepts no changes. Name the primary in the settings."
                : $"{target.Instance.Address.Endpoint} does not report whether it is a primary, so nothing is done to it.";
        }

        if (facts.Server.RunId is null)
        {
            return $"{target.Instance.Address.Endpoint} does not report its run_id, "
                + "so it could not be distinguished from another server. Nothing is done to it.";
        }

        if (facts.Persistence.Loading is true)
        {
            return FaultSentence.Of(new(FaultKind.Loading));
        }

        return SharedServer.Evaluate(fleet.Select(state => (state.Instance, state.Facts?.Snapshot)))
            .FirstOrDefault(finding => finding.Instance == id) is { } shared
            ? $"{shared.Sentence} A change to {id} would also change the others. {shared.Remedy}"
            : null;
    }

    private static string? RefuseOtherServer(ActionPlan plan, InstanceState target) =>
        target.Instance != plan.Instance
            ? $"{plan.Instance.Id} is now another server than in the preview. Open the preview again."
        : target.Facts!.Snapshot.Server.RunId != plan.RunId
            ? $"{plan.Instance.Address.Endpoint} was restarted, or another server answers there, since the preview was made. Open it again."
        : plan.ReplicationId is { } seen && target.Facts.Snapshot.Replication.ReplId != seen
            ? $"{plan.Instance.Address.Endpoint} may have other keys than in the preview: {ScanAbort.OtherKeys}. Open the preview again."
            : null;

    private static string? RefusePhrase(ActionPlan plan, PlanConfirmation confirmation) =>
        plan.NeedsPhrase && confirmation.Phrase.Trim() != plan.Phrase
            ? $"What you typed is not “{plan.Phrase}”. Type exactly that; it names the server that this changes."
            : null;

    private static string? RefuseReason(PlanConfirmation confirmation) =>
        string.IsNullOrWhiteSpace(confirmation.Reason)
            ? "Give the reason in a few words: people who read the audit log later will need it."
        : confirmation.Reason.Length > MaxReasonLength
            ? $"The reason is longer than {MaxReasonLength} characters. Shorten it."
            : null;
}
