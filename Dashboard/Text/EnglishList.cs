namespace Dashboard.Text;

/// <summary>Joins names into a list: <c>cache, cable and session</c>.</summary>
internal static class EnglishList
{
    public static string Of(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
