using System.Collections.Immutable;

namespace Dashboard.Alerts;

/// <summary>All rules, found by scanning the assembly.</summary>
internal static class AlertRules
{
    public static ImmutableArray<IAlertRule> Rules { get; } =
    [
        .. typeof(AlertRules).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IAlertRule)))
            .Select(type => (IAlertRule)Activator.CreateInstance(type)!)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <returns>What the rules found, worst first.</returns>
    public static ImmutableArray<Finding> Evaluate(RuleContext context) =>
        [.. Rules.Select(rule => rule.Evaluate(context)).OfType<Finding>().OrderByDescending(finding => finding.Severity)];
}
