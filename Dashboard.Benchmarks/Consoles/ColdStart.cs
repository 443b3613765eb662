using System.Text.RegularExpressions;
using Dashboard.Benchmarks.Browser;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Benchmarks.Servers;
using Microsoft.Playwright;

namespace Dashboard.Benchmarks.Consoles;

/// <summary>How soon after its start the console shows a true number, and how little memory it holds while no page is open.</summary>
internal sealed partial class ColdStart : IBenchmark
{
    /// <summary>Completes once a card shows a number and the browser has drawn a frame with it.</summary>
    private const string Painted = """
        () => new Promise(done => {
          const shown = () => [...document.querySelectorAll('.card .figure')].some(figure => /\d/.test(figure.textContent));
          const look = () => shown() ? requestAnimationFrame(() => setTimeout(() => done(performance.now()))) : requestAnimationFrame(look);
          look();
        })
        """;

    public string Name => "start";

    public string What => "process start to the first card with a number, watching three servers; then memory without viewers";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await ConsoleProcess.PublishAsync(run, cancel);
        await using var servers = await BenchServers.TrioAsync(run, cancel);
        await using var chromium = await Chromium.LaunchAsync();
        var data = run.Fresh("console-data");
        var visitor = await SignedInAsync(run, servers, data, chromium, cancel);
        var (answered, painted) = (new List<double>(), new List<double>());
        while (answered.Count < run.Pick(5, 2))
        {
            answered.Add(await AnsweredAsync(run, servers, data, visitor, cancel));
            painted.Add(await PaintedAsync(run, servers, data, await chromium.PageAsync(visitor), cancel));
        }

        var (http, page, resident) = (Spread.Of(answered), Spread.Of(painted), await IdleAsync(run, servers, cancel));
        return
        [
            new(Name, page.Median, "s", 2, $"{page}; painted in Chromium, the browser already open"),
            new($"{Name}.http", http.Median, "s", 2, $"{http}; in the page's HTML"),
            new($"{Name}.idle-memory", resident / 1048576.0, "MB resident", 150, "published, three instances, no viewers"),
        ];
    }

    /// <summary>Signs in once, before anything is timed: a password takes half a second to check, on purpose.</summary>
    private static async Task<Visitor> SignedInAsync(
        BenchRun run, BenchServers servers, string data, Chromium chromium, CancellationToken cancel)
    {
        await using var console = ConsoleProcess.Start(run, servers, data);
        await console.ServesAsync(run, cancel);
        return await Visitor.SignInAsync(chromium, console.Address);
    }

    private static async Task<double> AnsweredAsync(
        BenchRun run, BenchServers servers, string data, Visitor visitor, CancellationToken cancel)
    {
        var started = run.Time.GetTimestamp();
        await using var console = ConsoleProcess.Start(run, servers, data);
        using var http = new HttpClient { DefaultRequestHeaders = { { "Cookie", visitor.Cookie } } };
        await ConsoleProcess.UntilAsync(run, async () => Figure().IsMatch(await http.GetStringAsync(console.Address, cancel)), cancel);
        return run.Time.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> PaintedAsync(BenchRun run, BenchServers servers, string data, IPage page, CancellationToken cancel)
    {
        var started = run.Time.GetTimestamp();
        await using var console = ConsoleProcess.Start(run, servers, data);
        await console.ServesAsync(run, cancel);
        await page.GotoAsync(console.Address);
        await page.EvaluateAsync(Painted);
        var took = run.Time.GetElapsedTime(started).TotalSeconds;
        await page.CloseAsync();
        return took;
    }

    /// <summary>Measures memory after a minute of watching.</summary>
    private static async Task<long> IdleAsync(BenchRun run, BenchServers servers, CancellationToken cancel)
    {
        await using var console = ConsoleProcess.Start(run, servers, run.Fresh("console-data"));
        BenchRun.ReportProgress("watching without viewers");
        await Task.Delay(TimeSpan.FromSeconds(run.Pick(60, 20)), run.Time, cancel);
        return ProcessMemory.Resident(console.Pid);
    }

    /// <summary>A card's large number, e.g. <c>&lt;b class="figure" b-x1&gt;94.2</c>.</summary>
    [GeneratedRegex("""class="figure"[^>]*>\s*\d""")]
    private static partial Regex Figure();
}
