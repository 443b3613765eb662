using System.Globalization;

namespace Dashboard.Benchmarks.Measuring;

/// <summary>The cores that a process may run on, as the kernel lists them.</summary>
public static class CpuList
{
    /// <summary>The cores this process may run on.</summary>
    public static IReadOnlyList<int> Own() =>
        Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))
            .Split(':')[1]);

    /// <param name="text">E.g. <c>0-2,5</c>.</param>
    public static IReadOnlyList<int> Parse(string text) =>
        [.. text.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(Range)];

    private static IEnumerable<int> Range(string part)
    {
        var ends = part.Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
