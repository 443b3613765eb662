namespace Dashboard.Components.Instances;

/// <summary>Which fields of INFO are numbers of bytes, by their names. Pure.</summary>
internal static class InfoBytes
{
    private static readonly string[] Beginnings = ["used_memory", "mem_", "allocator_", "maxmemory", "total_system_memory"];

    private static readonly string[] Endings =
    [
        "_bytes", "_size", "_buffer", "_buffer_peak", "_buffer_length", "_cow_peak", "_histlen", "_used_mem",
    ];

    /// <summary>Names that look like it and are something else: times, shares, members of a cluster.</summary>
    private static readonly string[] Others = ["_time", "_ratio", "_perc", "_human", "_policy", "cluster_size"];

    public static bool IsBytes(string name) =>
        (Array.Exists(Beginnings, beginning => name.StartsWith(beginning, StringComparison.Ordinal)) || EndsIn(Endings, name))
        && !EndsIn(Others, name);

    private static bool EndsIn(string[] endings, string name) =>
        Array.Exists(endings, ending => name.EndsWith(ending, StringComparison.Ordinal));
}
