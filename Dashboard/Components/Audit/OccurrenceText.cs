using System.Globalization;
using Dashboard.Audit.Aggregation;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Components.Actions;

namespace Dashboard.Components.Audit;

/// <summary>How often and when it happened, where one row of the audit log counts several refusals or failures. Pure.</summary>
internal static class OccurrenceText
{
    private const string Times = "times";

    /// <summary>E.g. <c>3 times, 15:10:01 to 15:10:03 UTC</c>; null for a row that has the time itself.</summary>
    public static string? Of(AuditRow row) => OccurrenceInterval.In(row.Detail) is not { } when ? null
        : CountsJson.Of(row.Counts)?.GetValueOrDefault(Times) is > 1 and { } times
            ? string.Create(CultureInfo.InvariantCulture, $"{times:N0} times, {when}")
        : when;

    /// <summary>What else the row counts, e.g. <c>keys before 21 000</c>; null where that is nothing.</summary>
    public static string? CountsOf(AuditRow row) => CountsJson.Of(row.Counts) is not { } counts ? row.Counts
        : counts.Where(count => count.Key != Times).ToDictionary() is { Count: > 0 } others ? RunText.Counts(others)
        : null;
}
