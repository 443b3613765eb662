namespace Dashboard.Actions.Sampling;

/// <summary>Counts names by family, so that no family shown is small enough to be one person's.</summary>
internal static class FamilyCount
{
    /// <summary>A family below both is counted with its wider one.</summary>
    private const int FewestNames = 3;

    private const double FewestShare = 0.02;

    /// <returns>Largest first; names of no family under <see cref="KeyFamily.None"/>.</returns>
    public static IReadOnlyList<(string Family, int Seen)> Of(IReadOnlyCollection<string> names)
    {
        var fewest = Math.Max(FewestNames, (int)Math.Ceiling(names.Count * FewestShare));
        var counts = names.CountBy(KeyFamily.Of, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        for (var depth = counts.Keys.Select(Depth).DefaultIfEmpty().Max(); depth >= 0; depth--)
        {
            foreach (var family in counts.Keys.Where(
                family => Depth(family) == depth && counts[family] < fewest && KeyFamily.Wider(family) != family).ToList())
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

    /// <summary>A wider family has less of it.</summary>
    private static int Depth(string family) => family.AsSpan().CountAny(':', '/');
}
