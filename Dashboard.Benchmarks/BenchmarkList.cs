namespace Dashboard.Benchmarks;

/// <summary>Every benchmark in this program, found by scanning the assembly.</summary>
internal static class BenchmarkList
{
    /// <summary>Sorted by name.</summary>
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        .. typeof(IBenchmark).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IBenchmark)))
            .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
            .OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal),
    ];
}
