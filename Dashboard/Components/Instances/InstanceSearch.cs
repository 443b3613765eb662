using Dashboard.Instances;

namespace Dashboard.Components.Instances;

/// <summary>Finding one instance among many, and how many are many.</summary>
internal static class InstanceSearch
{
    /// <summary>Up to as many fit on one screen, as cards and in the navigation; more are a table, groups and a search.</summary>
    public const int MaxAtOnce = 6;

    private const string OfGroup = "group:";

    /// <summary>The groups of many instances, each with its address on the overview: the navigation lists them instead.</summary>
    public static IEnumerable<(string Name, int Count, string Address)> GroupsOf(IReadOnlyList<Instance> instances) =>
        instances.Count <= MaxAtOnce ? []
            : instances.Where(instance => instance.Group.Length > 0).GroupBy(instance => instance.Group)
                .Select(group => (group.Key, group.Count(), $"/?find={Uri.EscapeDataString(OfGroup + group.Key)}"));

    /// <summary>
    /// Whether the name, group, purpose or address of an instance contains the text; an empty one matches all, and <c>group:…</c> the
    /// instances of that group.
    /// </summary>
    /// <param name="about">Another text about it that counts as well.</param>
    public static bool Matches(Instance instance, string? text, string about = "") => string.IsNullOrWhiteSpace(text)
        || (text.Trim() is var find && find.StartsWith(OfGroup, StringComparison.OrdinalIgnoreCase)
            ? instance.Group.Equals(find[OfGroup.Length..], StringComparison.OrdinalIgnoreCase)
            : Contains(instance, find, about));

    private static bool Contains(Instance instance, string find, string about) =>
        ((string[])[instance.Id.Value, instance.Group, instance.Purpose.Word, instance.Address.Endpoint, about])
            .Any(part => part.Contains(find, StringComparison.OrdinalIgnoreCase));
}
