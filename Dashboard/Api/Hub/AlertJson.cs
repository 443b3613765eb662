using Dashboard.Alerts;

namespace Dashboard.Api.Hub;

/// <summary>An alert as programs hear it.</summary>
/// <param name="Rule">The id of the rule, stable.</param>
/// <param name="State"><c>firing</c> or <c>resolved</c>.</param>
/// <param name="Severity"><c>critical</c>, <c>warning</c>, …</param>
/// <param name="Sentence">What is wrong and what it means for users.</param>
/// <param name="Remedy">What to do.</param>
public sealed record AlertJson(string Instance, string Rule, string State, string Severity, string Sentence, string Remedy)
{
    internal static AlertJson Of(Finding finding, bool isOver) => new(
        finding.Instance.Value, finding.Rule, isOver ? "resolved" : "firing", finding.Severity.ToString().ToLowerInvariant(),
        finding.Sentence, finding.Remedy);
}
