using Dashboard.Actions;

namespace Dashboard.Components.Actions;

/// <summary>What changed on the server between two plans of an open dialog. Pure.</summary>
internal static class PlanDiff
{
    /// <summary>Whether what was typed still names the same thing: the server process, its address and its purpose.</summary>
    public static bool IsOfOneServer(ActionPlan first, ActionPlan latest) =>
        first.RunId == latest.RunId && first.Instance == latest.Instance;

    /// <returns>E.g. <c>keys +1 200, expires −3</c>; null when nothing changed.</returns>
    public static string? Between(ActionPlan first, ActionPlan latest)
    {
        var moves = latest.Counts.Where(count => first.Counts.TryGetValue(count.Key, out var before) && before != count.Value)
            .Select(count => $"{count.Key.Replace('_', ' ')} {Signed(count.Key, count.Value - first.Counts[count.Key])}").ToList();
        return moves.Count == 0 ? null : string.Join(", ", moves);
    }

    private static string Signed(string name, long change) => $"{(change > 0 ? "+" : "−")}{RunText.Number(name, Math.Abs(change))}";
}
