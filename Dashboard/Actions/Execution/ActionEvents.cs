using Dashboard.Audit.Events;

namespace Dashboard.Actions.Execution;

/// <summary>What the audit log keeps of a plan that is carried out.</summary>
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
