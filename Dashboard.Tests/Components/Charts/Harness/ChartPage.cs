using Dashboard.Browser;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Components.Charts.Harness;

/// <summary>
/// A scene in the browser: draws are counted, script errors and foreign requests are remembered and fail the test when it closes.
/// </summary>
internal sealed class ChartPage : IAsyncDisposable
{
    private readonly PageFaults _faults;
    private readonly bool _ownsContext;

    /// <param name="ownsContext">Whether the page's context goes with it.</param>
    public ChartPage(IPage page, Scene scene, string origin, bool ownsContext)
    {
        (Page, Scene, _faults, this._ownsContext) = (page, scene, new PageFaults(page, origin), ownsContext);
    }

    public IPage Page { get; }

    public Scene Scene { get; }

    public ILocator Plot(string chart) => Page.Locator($"[data-chart='{chart}']");

    public ILocator Lines(string chart) => Plot(chart).Locator(ChartMarkup.Line);

    /// <summary>How often a chart was drawn since <see cref="CountDrawsAsync"/>.</summary>
    public Task<int> DrawsAsync(string chart) => Page.EvaluateAsync<int>("id => window.draws?.[id] ?? 0", chart);

    public Task CountDrawsAsync() => Page.EvaluateAsync(
        "() => { window.draws = {}; window.costs = []; if (!window.counting) { window.counting = true; "
            + "document.addEventListener('chartdraw', e => { const id = e.target.dataset.chart; window.draws[id] = (window.draws[id] ?? "
            + "0) + 1; window.costs.push(e.detail.cost); }); } }");

    /// <summary>Polls until the page says so, or fails with what it waited for.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Eventually.Bound)
            {
                Assert.Fail($"Not within {Eventually.Bound.TotalSeconds} s: {what}. Faults: {string.Join("; ", _faults.Seen)}");
            }

            await NextFrameAsync();
        }
    }

    /// <summary>Lets the browser paint, and whatever it has to do after.</summary>
    public Task NextFrameAsync() => Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)))");

    public async ValueTask DisposeAsync()
    {
        await (_ownsContext ? Page.Context.CloseAsync() : Page.CloseAsync());
        Assert.Empty(_faults.Seen);
    }
}
