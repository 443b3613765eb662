using Dashboard.Monitoring;

namespace Dashboard.Actions;

/// <summary>What a person wants to do, and what is known when they ask.</summary>
/// <param name="Target">The instance's state; a plan is requested only while it answers.</param>
/// <param name="Scope">What the action is narrowed to, e.g. a key prefix; empty for all of it.</param>
internal sealed record PlanRequest(InstanceState Target, string Scope)
{
    /// <summary>All states, including the target's.</summary>
    public IReadOnlyList<InstanceState> Fleet { get; init; } = [Target];

    /// <summary>Whether an owner asks.</summary>
    public bool ByOwner { get; init; }
}
