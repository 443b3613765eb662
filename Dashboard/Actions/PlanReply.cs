namespace Dashboard.Actions;

/// <summary>A plan, or a full sentence why there is none and what to do instead.</summary>
internal abstract record PlanReply
{
    private PlanReply()
    {
    }

    internal sealed record Planned(ActionPlan Plan) : PlanReply;

    internal sealed record Refused(string Sentence) : PlanReply;
}
