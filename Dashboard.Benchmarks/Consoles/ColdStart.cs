using System.Text.RegularExpressions;
using Dashboard.Benchmarks.Browser;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Benchmarks.Servers;

namespace Dashboard.Benchmarks.Consoles;

/// <summary>How soon after its start the console shows something true, and how little it holds while nobody looks.</summary>
internal sealed partial class ColdStart : IBenchmark
{
    /// <summary>True once a card shows a number and the browser has drawn a frame with it.</summary>
    private const string Painted = """
        () => new Promise(done => {
          const shown = () => [...document.querySelectorAll('.card .figure')].some(figure => /\d/.test(figure.textContent));
          const look = () => shown() ? requestAnimationFrame(() => setTimeout(() => done(performance.now()))) : requestAnimationFrame(look);
          look();
        })
        """;

    public string Name => "start";

    public string What => "process start to the first card with a number, watching three servers; then memory with nobody looking";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await ConsoleProcess.PublishAsync(run, cancel);
        await using var servers = await BenchServers.TrioAsync(run, cancel);
        await using var chromium = await Chromium.LaunchAsync();
        var (answered, painted) = (new List<double>(), new List<double>());
        while (answered.Count < run.Pick(5, 2))
        {
            answered.Add(await AnsweredAsync(run, servers, cancel));
            painted.Add(await PaintedAsync(run, servers, chromium, cancel));
        }

        var (http, page, resident) = (Spread.Of(answered), Spread.Of(painted), await IdleAsync(run, servers, cancel));
        return
        [
            new(Name, page.Median, "s", 2, $"{page}; painted in Chromium, the browser already open"),
            new($"{Name}.http", http.Median, "s", 2, $"{http}; in the page's HTML"),
            new($"{Name}.idle-memory", resident / 1048576.0, "MB resident", 150, "published, three instances, nobody looking"),
        ];
    }

    private static async Task<double> AnsweredAsync(BenchRun run, BenchServers servers, CancellationToken cancel)
    {
        var started = run.Time.GetTimestamp();
        await using var console = ConsoleProcess.Start(run, servers);
        using var http = new HttpClient();
        await ConsoleProcess.UntilAsync(run, async () => Figure().IsMatch(await http.GetStringAsync(console.Address, cancel)), cancel);
        return run.Time.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> PaintedAsync(BenchRun run, BenchServers servers, Chromium chromium, CancellationToken cancel)
    {
        var page = await chromium.PageAsync();
        var started = run.Time.GetTimestamp();
        await using var console = ConsoleProcess.Start(run, servers);
        await console.ServesAsync(run, cancel);
        await page.GotoAsync(console.Address);
        await page.EvaluateAsync(Painted);
        var took = run.Time.GetElapsedTime(started).TotalSeconds;
        await page.CloseAsync();
        return took;
    }

    /// <summary>After a minute of watching.</summary>
    private static async Task<long> IdleAsync(BenchRun run, BenchServers servers, CancellationToken cancel)
    {
        await using var console = ConsoleProcess.Start(run, servers);
        BenchRun.Say("watching with nobody looking");
        await Task.Delay(TimeSpan.FromSeconds(run.Pick(60, 20)), run.Time, cancel);
        return ProcessMemory.Resident(console.Pid);
    }

    /// <summary>A card's big number, e.g. <c>&lt;b class="figure" b-x1&gt;94.2</c>.</summary>
    [GeneratedRegex("""class="figure"[^>]*>\s*\d""")]
    private static partial Regex Figure();
}
