namespace Dashboard.Benchmarks;

/// <summary>
/// One claim about speed or size, measured on real servers. Found by scanning the assembly: a new benchmark is a new file.
/// </summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line: <c>./bench poll-own-cpu</c>.</summary>
    string Name { get; }

    /// <summary>What is compared with what, in one sentence.</summary>
    string What { get; }

    /// <exception cref="BenchException">It could not be measured; the message says what to do.</exception>
    Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel);
}
