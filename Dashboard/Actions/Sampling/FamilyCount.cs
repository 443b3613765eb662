namespace Dashboard.Actions.Sampling;

/// <summary>Counts names by family and merges small families, so that none shown is small enough to be one person's.</summary>
internal static class FamilyCount
{
    /// <summary>A family below either limit is counted with its wider one.</summary>
    private const int MinNames = 3;

    private const double MinShare = 0.02;

    /// <returns>Largest first; names without a family under <see cref="KeyFamily.None"/>.</returns>
    public static IReadOnlyList<(string Family, int Seen)> Of(IReadOnlyCollection<string> names)
    {
        var min = Math.Max(MinNames, (int)Math.Ceiling(names.Count * MinShare));
        var counts = names.CountBy(KeyFamily.Of, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        for (var depth = counts.Keys.Select(Depth).DefaultIfEmpty().Max(); depth >= 0; depth--)
        {
            foreach (var family in counts.Keys.Where(
                family => Depth(family) == depth && counts[family] < min && KeyFamily.Wider(family) != family).ToList())
            {
                var wider = KeyFamily.Wider(family);
                counts[wider] = counts.GetValueOrDefault(wider) + counts[family];
                counts.Remove(family);
            }
        }

        return [
            .. counts.Select(count => (count.Key, count.Value)).OrderByDescending(count => count.Value)
                .ThenBy(count => count.Key, StringComparer.Ordinal)];
    }

    /// <summary>The number of separators; a wider family has fewer.</summary>
    private static int Depth(string family) => family.AsSpan().CountAny(':', '/');
}
