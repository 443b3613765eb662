using Dashboard.Access;

namespace Dashboard.Actions;

/// <summary>A plan, or why there is none and what to do instead. Actions, the planner and pages use the same type.</summary>
internal abstract record PlanResult
{
    private PlanResult()
    {
    }

    internal sealed record Planned(ActionPlan Plan) : PlanResult;

    internal sealed record Refused(Refusal Why) : PlanResult
    {
        /// <param name="sentence">What is wrong with what was asked for, and what to do instead.</param>
        public Refused(string sentence)
            : this(Refusal.Invalid(sentence))
        {
        }
    }
}
