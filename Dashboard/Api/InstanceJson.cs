using Dashboard.Monitoring;

namespace Dashboard.Api;

/// <summary>One instance as <c>GET /api/fleet</c> returns it.</summary>
/// <param name="Status">The worst finding's word; <c>healthy</c> when there is none, <c>unknown</c> before the first answer.</param>
/// <param name="Severity"><c>critical</c>, <c>warning</c>, …; null when nothing is wrong or known.</param>
/// <param name="Sentence">What the worst finding says.</param>
/// <param name="AsOf">When the latest poll ended; null before the first.</param>
public sealed record InstanceJson(
    string Id, string Purpose, bool Answers, string Status, string? Severity, string? Sentence, DateTimeOffset? AsOf)
{
    internal static IReadOnlyList<InstanceJson> Of(FleetSnapshot snapshot) => [.. snapshot.States.Select(state => Of(state, snapshot))];

    internal static InstanceJson Of(InstanceState state, FleetSnapshot snapshot)
    {
        var worst = snapshot.Of(state.Instance.Id).FirstOrDefault();
        return new(
            state.Instance.Id.Value, state.Instance.Purpose.Word, state.IsAnswering,
            worst?.Status ?? (state.Latest is null ? "unknown" : "healthy"), worst?.Severity.ToString().ToLowerInvariant(), worst?.Sentence,
            state.Latest?.At);
    }
}
