using Dashboard.Audit.Events;

namespace Dashboard.Actions.Execution;

/// <summary>Builds the audit event of a plan that is executed.</summary>
internal static class ActionEvents
{
    public static AuditEvent Of(ActionPlan plan, string actor) => new(plan.Action, actor)
    {
        Instance = plan.Instance.Id,
        RunId = plan.RunId,
        Database = plan.Instance.Address.Database,
        Subject = plan.Scope.Length > 0 ? plan.Scope : null,
        Counts = plan.Counts,
    };
}
