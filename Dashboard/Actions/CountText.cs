using Dashboard.Metrics;

namespace Dashboard.Actions;

/// <summary>Formats the counts of plans and outcomes.</summary>
internal static class CountText
{
    /// <summary>The counts that are known, by name.</summary>
    public static IReadOnlyDictionary<string, long> Known(params IEnumerable<(string Name, long? Value)> counts) =>
        counts.Where(count => count.Value is not null).ToDictionary(count => count.Name, count => count.Value!.Value);

    /// <summary>E.g. <c>12 300</c>.</summary>
    public static string Text(long number) => UnitFormat.Text(Unit.Count, number);

    /// <summary>E.g. <c>1 key</c> or <c>12 300 keys</c>.</summary>
    public static string Keys(long number) => $"{Text(number)} {(number == 1 ? "key" : "keys")}";
}
