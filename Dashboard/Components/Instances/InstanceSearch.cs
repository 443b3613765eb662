using Dashboard.Instances;

namespace Dashboard.Components.Instances;

/// <summary>Finding one instance among many, and how many are many.</summary>
internal static class InstanceSearch
{
    /// <summary>Up to as many fit on one screen, as cards and in the navigation; more are a table, groups and a search.</summary>
    public const int MaxAtOnce = 6;

    /// <summary>Whether the name, group, purpose or address of an instance contains the text; an empty one matches all.</summary>
    /// <param name="about">Another text about it that counts as well.</param>
    public static bool Matches(Instance instance, string? text, string about = "") => string.IsNullOrWhiteSpace(text)
        || ((string[])[instance.Id.Value, instance.Group, instance.Purpose.Word, instance.Address.Endpoint, about])
            .Any(part => part.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase));
}
