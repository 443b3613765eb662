namespace Dashboard.Alerts;

/// <summary>An opinion about one instance. Pure: the same evidence gives the same finding.</summary>
/// <remarks>One rule a file in <c>Rules/</c>; <see cref="AlertRules"/> finds it by scan.</remarks>
public interface IAlertRule
{
    /// <summary>Stable; lower-case words with dashes.</summary>
    string Id { get; }

    /// <returns>What it sees, or null: nothing, or nothing it can be sure of.</returns>
    Finding? Evaluate(RuleContext context);
}
