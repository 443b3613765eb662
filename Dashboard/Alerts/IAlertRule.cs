namespace Dashboard.Alerts;

/// <summary>A rule that evaluates one instance. Pure: the same context gives the same finding.</summary>
/// <remarks>There is one rule per file in <c>Rules/</c>; <see cref="AlertRules"/> finds it by scanning the assembly.</remarks>
public interface IAlertRule
{
    /// <summary>Stable; lower-case words with dashes.</summary>
    string Id { get; }

    /// <returns>What the rule found; null when it found nothing, or nothing that it can be sure of.</returns>
    Finding? Evaluate(RuleContext context);
}
