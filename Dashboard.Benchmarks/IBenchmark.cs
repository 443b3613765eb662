namespace Dashboard.Benchmarks;

/// <summary>One thing we claim about speed or size, measured on real servers. Found by scan: a new one is a new file.</summary>
internal interface IBenchmark
{
    /// <summary>As a person names it: <c>./bench poll-own-cpu</c>.</summary>
    string Name { get; }

    /// <summary>What is compared with what, in one sentence.</summary>
    string What { get; }

    /// <exception cref="BenchException">It could not be measured; the message says what to do.</exception>
    Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel);
}
