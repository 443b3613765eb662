using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Browser;

/// <summary>A page that is left open on a wall display must not grow.</summary>
internal sealed class PageSoak : IBenchmark
{
    /// <summary>Percent of growth that does not count: what is left after a collection varies by about this much.</summary>
    private const double Variation = 3;

    /// <summary>
    /// By then the browser has compiled what runs every second; until then its code makes the heap grow, which then stops.
    /// </summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(20);

    public string Name => "page-soak";

    public string What =>
        "the same page left open: JavaScript heap and DOM nodes after garbage collection, the last minute compared with the first";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await using var console = await FullDemo.StartAsync(run, cancel);
        await using var chromium = await Chromium.LaunchAsync();
        await using var probe = await LivePageProbe.OpenAsync(chromium, console);
        await Task.Delay(Settle, run.Time, cancel);
        var length = TimeSpan.FromMinutes(run.Pick(5, 2));
        BenchRun.ReportProgress($"watching for {length.TotalMinutes:0} minutes");
        List<(double HeapBytes, int Nodes)> held = [await probe.HeldAsync()];
        for (var started = run.Time.GetTimestamp(); run.Time.GetElapsedTime(started) < length;)
        {
            await Task.Delay(Between, run.Time, cancel);
            held.Add(await probe.HeldAsync());
        }

        return
        [
            Growth($"{Name}.heap", held.ConvertAll(one => one.HeapBytes / 1048576), "MB", length),
            Growth($"{Name}.nodes", held.ConvertAll(one => (double)one.Nodes), "nodes", length),
        ];
    }

    private static Measure Growth(string name, List<double> held, string unit, TimeSpan length)
    {
        var (first, last) = (Percentiles.Median(held.Take(3)), Percentiles.Median(held.TakeLast(3)));
        return new(
            name, 100 * (last - first) / first, "% growth", Variation,
            FormattableString.Invariant($"{first:0.##} to {last:0.##} {unit} in {length.TotalMinutes:0} minutes"));
    }
}
