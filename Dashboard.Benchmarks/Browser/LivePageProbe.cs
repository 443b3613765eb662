using System.Text.Json;
using Dashboard.Benchmarks.Consoles;
using Microsoft.Playwright;

namespace Dashboard.Benchmarks.Browser;

/// <summary>An instance's page with all its charts over 5 minutes, live, and the browser's own tools to measure it.</summary>
internal sealed class LivePageProbe : IAsyncDisposable
{
    private const int AwaitedChart = 3;

    private readonly IPage _page;
    private readonly ICDPSession _tools;

    private LivePageProbe(IPage page, ICDPSession tools) => (_page, _tools) = (page, tools);

    public IPage Page => _page;

    /// <summary>Opens the page, and waits until its charts are drawn.</summary>
    public static async Task<LivePageProbe> OpenAsync(Chromium chromium, ConsoleProcess console)
    {
        var page = await chromium.PageAsync(await Visitor.SignInAsync(chromium, console.Address));
        await page.AddInitScriptAsync("window.draws = 0; document.addEventListener('chartdraw', () => window.draws++);");
        await page.GotoAsync($"{console.Address}instances/cache?window=5m");
        await page.Locator("[data-chart] svg").Nth(AwaitedChart).WaitForAsync();
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("Performance.enable");
        await tools.SendAsync("HeapProfiler.enable");
        return new(page, tools);
    }

    /// <summary>The browser's counters since the page was opened.</summary>
    public async Task<PageNumbers> NumbersAsync()
    {
        var answer = await _tools.SendAsync("Performance.getMetrics");
        var metrics = answer!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return new(
            metrics["Timestamp"], metrics["TaskDuration"], metrics["ScriptDuration"],
            metrics["LayoutDuration"] + metrics["RecalcStyleDuration"],
            await _page.EvaluateAsync<int>("window.draws"));
    }

    /// <summary>What is left after garbage was collected.</summary>
    public async Task<(double HeapBytes, int Nodes)> HeldAsync()
    {
        await _tools.SendAsync("HeapProfiler.collectGarbage");
        await _tools.SendAsync("HeapProfiler.collectGarbage");
        var heap = await _tools.SendAsync("Runtime.getHeapUsage");
        var counters = await _tools.SendAsync("Memory.getDOMCounters");
        return (heap!.Value.GetProperty("usedSize").GetDouble(), counters!.Value.GetProperty("nodes").GetInt32());
    }

    public async ValueTask DisposeAsync() => await _page.CloseAsync();
}
