namespace Dashboard.Actions;

/// <summary>A plan, or a full sentence why there is none and what to do instead.</summary>
internal abstract record PlanResult
{
    private PlanResult()
    {
    }

    internal sealed record Planned(ActionPlan Plan) : PlanResult;

    internal sealed record Refused(string Sentence) : PlanResult;
}
