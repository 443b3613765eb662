namespace Dashboard.Benchmarks;

/// <summary>The arguments of the command line.</summary>
/// <param name="Benchmarks">In the order they run; all when none was named.</param>
/// <param name="JsonFile">The file that the results are written to as well; null for none.</param>
internal sealed record BenchArguments(IReadOnlyList<IBenchmark> Benchmarks, string? JsonFile, bool Quick, bool List)
{
    /// <returns>Null after the error was written to standard error.</returns>
    public static BenchArguments? Read(string[] args)
    {
        var (names, file, quick, list) = (new List<string>(), (string?)null, false, false);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--quick": quick = true; break;
                case "--list": list = true; break;
                case "--json" when i + 1 < args.Length: file = args[++i]; break;
                case "--json": return Refuse("--json needs the file to write to: ./bench --json FILE.");
                case ['-', ..]: return Refuse($"Unknown option '{args[i]}'. The options are --json FILE, --quick and --list.");
                default: names.Add(args[i]); break;
            }
        }

        return names.Find(name => BenchmarkList.All.All(benchmark => benchmark.Name != name)) is { } unknown
            ? Refuse(
                $"There is no benchmark '{unknown}'. There are: "
                    + $"{string.Join(", ", BenchmarkList.All.Select(benchmark => benchmark.Name))}.")
            : new([.. BenchmarkList.All.Where(benchmark => names.Count == 0 || names.Contains(benchmark.Name))], file, quick, list);
    }

    private static BenchArguments? Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return null;
    }
}
