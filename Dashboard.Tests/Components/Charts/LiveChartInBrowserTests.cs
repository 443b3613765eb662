using System.Globalization;
using Dashboard.Browser;
using Dashboard.Components.Charts.Harness;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Dashboard.Components.Charts;

[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class LiveChartInBrowserTests(ChartHarness harness)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChartSpec Ops = new("ops", "Operations", Unit.PerSecond, new SeriesSpec("ops", "operations"));
    private static readonly ChartSpec Net =
        new("net", "Network", Unit.BytesPerSecond, new SeriesSpec("in", "in"), new SeriesSpec("out", "out", Tone.Muted));

    [Fact]
    public async Task Chart_WithPoints_DrawsALineForEachSeries()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        scene.Feed.Seed("net", Wave("in"), Wave("out"));

        await using var page = await harness.OpenAsync(scene);

        await page.UntilAsync(
            "one line and two", async () => await page.Lines("ops").CountAsync() == 1 && await page.Lines("net").CountAsync() == 2);
        Assert.Equal(300, await StepsAsync(page, "ops"));
        Assert.Contains("now", await page.Plot("ops").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_SentTwice_DoublesNothing()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        await using var page = await OpenDrawnAsync(scene);

        for (var again = 0; again < 3; again++)
        {
            await scene.UpdateAsync(() => scene.Feed.Tail("ops", Track("ops", 298, 299, 300)));
            await page.NextFrameAsync();
        }

        await page.Page.SetViewportSizeAsync(1300, 900);
        await page.UntilAsync("drawn at the new width", async () => await StepsAsync(page, "ops") == 300);
    }

    [Fact]
    public async Task Tail_AsTimePasses_MovesTheLineAndDropsWhatLeftTheWindow()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        await using var page = await OpenDrawnAsync(scene);
        var before = await page.Lines("ops").GetAttributeAsync("d");

        await scene.UpdateAsync(() =>
        {
            scene.Feed.Advance(Start.AddSeconds(310));
            scene.Feed.Tail("ops", Track("ops", [.. Enumerable.Range(301, 10)]));
        });

        await page.UntilAsync("another line", async () => await page.Lines("ops").GetAttributeAsync("d") != before);
        Assert.InRange(await StepsAsync(page, "ops"), 300, 302);
    }

    [Fact]
    public async Task Gap_IsDrawnAsAGapAndExplained()
    {
        var scene = Given();
        scene.Feed.Seed(
            "ops",
            new ChartTrack("ops", [.. Enumerable.Range(1, 300).Select(i => new SeriesPoint(At(i), i is > 100 and < 130 ? null : i))]));
        scene.Feed.Mark("ops", [new(At(100), "cache did not answer", At(130))]);

        await using var page = await OpenDrawnAsync(scene);

        await page.UntilAsync("two pieces", async () => await page.Lines("ops").CountAsync() == 2);
        var ends = await page.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('[data-chart=ops] "
            + ".apexcharts-line[d]')].map(p => p.getBBox()).flatMap(b => [b.x, b.x + b.width])");
        var width = await page.Page.EvaluateAsync<double>("() => document.querySelector('[data-chart=ops] "
            + ".chart-lines').getBoundingClientRect().width");
        Assert.InRange(ends[2] - ends[1], width * 29 / 300, width * 31 / 300);
        var words = await page.Page.Locator("[data-chart-gap]").First.InnerTextAsync();
        Assert.StartsWith("gap ", words, StringComparison.Ordinal);
        Assert.EndsWith(": cache did not answer", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    [InlineData(299)]
    public async Task Value_AloneBetweenGaps_Shows(int alone)
    {
        var scene = Given();
        scene.Feed.Seed(
            "ops", new ChartTrack("ops", [.. Enumerable.Range(0, 300).Select(i => new SeriesPoint(At(i + 1), i == alone ? 5 : null))]));

        await using var page = await OpenDrawnAsync(scene);

        await page.UntilAsync("a dash", async () => await page.Lines("ops").CountAsync() == 1);
        var left = await page.Page.EvaluateAsync<double>("() => document.querySelector('[data-chart=ops] "
            + ".apexcharts-line[d]').getBBox().x");
        var width = await page.Page.EvaluateAsync<double>("() => document.querySelector('[data-chart=ops] "
            + ".chart-lines').getBoundingClientRect().width");
        Assert.InRange(left, (width * (alone + 1) / 300) - 2, (width * (alone + 1) / 300) + 2);
    }

    [Fact]
    public async Task Buckets_AreDrawnAsABandUnderTheLine()
    {
        var scene = Given();
        scene.Feed.Seed(
            "ops",
            new ChartTrack(
                "ops",
                [.. Enumerable.Range(1, 300)
                    .Select(
                        i =>
                            new SeriesPoint(
                                At(i), i is > 100 and < 130 ? null : 50, i is > 100 and < 130 ? null : 20,
                                i is > 100 and < 130 ? null : 90))]));

        await using var page = await OpenDrawnAsync(scene);

        await page.UntilAsync("bands", async () => await page.Plot("ops").Locator(".apexcharts-rangeArea[d]").CountAsync() == 2);
        var (band, plot) = (
            await page.Plot("ops").Locator(".apexcharts-rangeArea[d]").First.BoundingBoxAsync(),
            await page.Plot("ops").Locator(".chart-lines").BoundingBoxAsync());
        Assert.InRange(band!.Height, plot!.Height * 0.68, plot.Height * 0.72);
    }

    [Fact]
    public async Task Mark_StandsAtItsTimeWithItsWords()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        scene.Feed.Mark("ops", [new(At(150), "restarted")]);

        await using var page = await OpenDrawnAsync(scene);

        await page.UntilAsync("the words", async () => await page.Plot("ops").Locator("text.word").TextContentAsync() == "restarted");
        var (mark, plot) = (
            await page.Plot("ops").Locator("line.mark").BoundingBoxAsync(),
            await page.Plot("ops").Locator(".chart-lines").BoundingBoxAsync());
        Assert.InRange(mark!.X, plot!.X + (plot.Width / 2) - 2, plot.X + (plot.Width / 2) + 2);
    }

    [Fact]
    public async Task Chart_OffTheScreen_IsNotDrawnUntilScrolledTo()
    {
        var scene = Given(spacing: 3000);
        scene.Feed.Seed("ops", Wave("ops"));
        scene.Feed.Seed("net", Wave("in"), Wave("out"));

        await using var page = await OpenDrawnAsync(scene);
        await page.NextFrameAsync();
        Assert.Equal(0, await page.Lines("net").CountAsync());

        await page.Plot("net").ScrollIntoViewIfNeededAsync();
        await page.UntilAsync("drawn once seen", async () => await page.Lines("net").CountAsync() == 2);
    }

    [Fact]
    public async Task Chart_UnderAPointer_HoldsStillAndCatchesUpAfter()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        await using var page = await OpenDrawnAsync(scene);
        await page.Plot("ops").HoverAsync();
        await page.UntilAsync("the tooltip", () => page.Plot("ops").Locator(".tip.whole").IsVisibleAsync());
        await page.CountDrawsAsync();

        await TickAsync(scene, 301, 20);
        await Assertions.Expect(page.Page.Locator("dd").First).ToHaveTextAsync("20/s");
        Assert.Equal(0, await page.DrawsAsync("ops"));

        await page.Page.Mouse.MoveAsync(1, 1);
        await page.UntilAsync("drawn again", async () => await page.DrawsAsync("ops") > 0);
    }

    [Fact]
    public async Task Chart_ThatWouldNotMoveByAPixel_IsNotDrawn()
    {
        var scene = Given(window: TimeSpan.FromDays(7));
        scene.Feed.Seed("ops", Track("ops", 1, 300));
        await using var page = await OpenDrawnAsync(scene);
        await page.CountDrawsAsync();

        for (var second = 1; second <= 5; second++)
        {
            await scene.UpdateAsync(() => scene.Feed.Advance(Start.AddSeconds(300 + second)));
            await page.NextFrameAsync();
        }

        Assert.Equal(0, await page.DrawsAsync("ops"));
    }

    [Fact]
    public async Task Pointer_OverOneChart_IsReadInAll()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        scene.Feed.Seed("net", Wave("in"), Wave("out"));
        await using var page = await OpenDrawnAsync(scene);
        await page.UntilAsync("both", async () => await page.Lines("net").CountAsync() == 2);

        await page.Plot("ops").HoverAsync();

        await page.UntilAsync("the tooltip", () => page.Plot("ops").Locator(".tip.whole").IsVisibleAsync());
        var tip = await page.Plot("ops").Locator(".tip").InnerTextAsync();
        Assert.All(["min", "avg", "max", "last", "operations"], word => Assert.Contains(word, tip, StringComparison.Ordinal));
        Assert.Equal(2, await page.Plot("net").Locator(".dot").CountAsync());
        var (one, other) = (
            await page.Plot("ops").Locator(".rule").BoundingBoxAsync(), await page.Plot("net").Locator(".rule").BoundingBoxAsync());
        var (first, second) = (await page.Plot("ops").BoundingBoxAsync(), await page.Plot("net").BoundingBoxAsync());
        Assert.Equal(one!.X - first!.X, other!.X - second!.X, 1.0);
    }

    [Fact]
    public async Task Dot_SitsOnTheLine()
    {
        var scene = Given();
        scene.Feed.Seed(
            "ops", new ChartTrack("ops", [.. Enumerable.Range(1, 300).Select(i => new SeriesPoint(At(i), i == 150 ? 100 : 0))]));
        await using var page = await OpenDrawnAsync(scene);
        var plot = (await page.Plot("ops").Locator(".chart-lines").BoundingBoxAsync())!;

        await page.Page.Mouse.MoveAsync(plot.X + (plot.Width / 2), plot.Y + 50);

        await page.UntilAsync("the dot", () => page.Plot("ops").Locator(".dot").IsVisibleAsync());
        var dot = (await page.Plot("ops").Locator(".dot").BoundingBoxAsync())!;
        var peak = await page.Page.EvaluateAsync<double[]>("() => { const r = document.querySelector('[data-chart=ops] "
            + ".apexcharts-line[d]').getBoundingClientRect(); return [r.top]; }");
        Assert.Equal(peak[0] + 0.8, dot.Y + (dot.Height / 2), 1.5);
    }

    [Fact]
    public async Task Drag_OverAChart_TellsTheRange()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        await using var page = await OpenDrawnAsync(scene);
        var plot = (await page.Plot("ops").Locator(".chart-lines").BoundingBoxAsync())!;

        await page.Page.Mouse.MoveAsync(plot.X + (plot.Width / 4), plot.Y + 50);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(plot.X + (plot.Width / 2), plot.Y + 60, new() { Steps = 4 });
        Assert.True(await page.Plot("ops").Locator(".chart-select").IsVisibleAsync());
        await page.Page.Mouse.UpAsync();

        await page.UntilAsync("the range", () => Task.FromResult(!scene.Zoomed.IsEmpty));
        var range = Assert.Single(scene.Zoomed);
        Assert.InRange((range.From - Start).TotalSeconds, 74, 76);
        Assert.InRange((range.To - Start).TotalSeconds, 149, 151);
        Assert.Equal(0, await page.Page.Locator(".chart-select").CountAsync());
    }

    [Fact]
    public async Task Click_OnAChart_TellsAQuarterAboutIt()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        await using var page = await OpenDrawnAsync(scene);
        var plot = (await page.Plot("ops").Locator(".chart-lines").BoundingBoxAsync())!;

        await page.Page.Mouse.ClickAsync(plot.X + (plot.Width / 2), plot.Y + 50);

        await page.UntilAsync("the range", () => Task.FromResult(!scene.Zoomed.IsEmpty));
        var range = Assert.Single(scene.Zoomed);
        Assert.Equal(75, (range.To - range.From).TotalSeconds, 1.0);
        Assert.InRange((range.From - Start).TotalSeconds, 111, 114);
    }

    [Fact]
    public async Task Theme_Changed_RecoloursWithoutARedraw()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        await using var page = await OpenDrawnAsync(scene);
        Assert.Equal("rgb(15, 139, 141)", await StrokeAsync(page));
        await page.CountDrawsAsync();

        await page.Page.EvaluateAsync("() => { document.documentElement.dataset.theme = 'dark'; }");

        Assert.Equal("rgb(63, 193, 192)", await StrokeAsync(page));
        Assert.Equal(0, await page.DrawsAsync("ops"));
    }

    [Fact]
    public async Task Window_MadeNarrow_RedrawsToFitWithoutScrollingSideways()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        await using var page = await OpenDrawnAsync(scene);

        await page.Page.SetViewportSizeAsync(390, 844);

        await page.UntilAsync(
            "narrow",
            () => page.Page.EvaluateAsync<bool>("() => document.querySelector('[data-chart=ops] "
                + ".apexcharts-svg').getBoundingClientRect().right <= 390"));
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task Charts_OpenedAndClosedOften_LeaveNothingBehind()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        scene.Feed.Seed("net", Wave("in"), Wave("out"));
        await using var page = await OpenDrawnAsync(scene);
        await CycleAsync(page, 5);
        var before = await LeftAsync(page);

        await CycleAsync(page, 20);

        var after = await LeftAsync(page);
        Assert.Equal(before.Nodes, after.Nodes, 40.0);
        Assert.Equal(before.Listeners, after.Listeners, 8.0);
        Assert.InRange(after.Heap, 0, before.Heap + 1_000_000);
    }

    [Fact]
    public async Task Charts_AfterManyTicks_LeaveNothingBehind()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        scene.Feed.Seed("net", Wave("in"), Wave("out"));
        await using var page = await OpenDrawnAsync(scene);
        await TickManyAsync(page, 301, 100);
        var before = await LeftAsync(page);
        await page.CountDrawsAsync();

        await TickManyAsync(page, 401, 200);

        var after = await LeftAsync(page);
        Assert.InRange(await page.DrawsAsync("ops"), 5, 200);
        Assert.InRange(after.Nodes, 0, before.Nodes + 60);
        Assert.InRange(after.Listeners, 0, before.Listeners + 8);
        Assert.InRange(after.Heap, 0, before.Heap + 1_000_000);
        Assert.InRange(await StepsAsync(page, "ops"), 299, 302);
    }

    [Fact]
    public async Task Csv_OfAChart_HoldsItsPoints()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Track("ops", 1, 2));
        await using var page = await OpenDrawnAsync(scene);
        await page.Plot("ops").HoverAsync();

        var file = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByLabel("Save Operations as CSV").ClickAsync());

        await using var content = await file.CreateReadStreamAsync();
        using var reader = new StreamReader(content);
        Assert.Equal(
            "time,ops (PerSecond)\r\n2026-03-01T12:00:01.000Z,1\r\n2026-03-01T12:00:02.000Z,2\r\n",
            await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Picture_OfAChart_IsAPng()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        await using var page = await OpenDrawnAsync(scene);
        await page.Plot("ops").HoverAsync();

        var file = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByLabel("Save Operations as PNG").ClickAsync());

        await using var content = await file.CreateReadStreamAsync();
        var head = new byte[4];
        await content.ReadExactlyAsync(head, TestContext.Current.CancellationToken);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], head);
    }

    /// <summary>The file is read by others, and the page stays as it is.</summary>
    [Fact]
    public async Task Picture_OfAChartInLocalTime_IsInUtc()
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        await using var page = await OpenDrawnAsync(scene);
        await page.Page.EvaluateAsync(
            """
            async () => {
              (await import('/charts/timeaxis.js')).useZone('Asia/Kolkata');
              const fill = CanvasRenderingContext2D.prototype.fillText;
              window.painted = [];
              CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
                window.painted.push(text);
                fill.call(this, text, ...place);
              };
            }
            """);
        await page.Plot("ops").HoverAsync();

        await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByLabel("Save Operations as PNG").ClickAsync());

        var painted = await page.Page.EvaluateAsync<string[]>("() => window.painted");
        Assert.Contains(painted, text => text.StartsWith("12:0", StringComparison.Ordinal));
        Assert.Contains(painted, text => text.EndsWith(" UTC", StringComparison.Ordinal));
        Assert.DoesNotContain(painted, text => text.StartsWith("17:3", StringComparison.Ordinal));
        Assert.All(
            await page.Plot("ops").Locator("text.time").AllTextContentsAsync(),
            label => Assert.StartsWith("17:3", label, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Charts_AreAccessible(string theme)
    {
        var scene = Given();
        scene.Feed.Seed("ops", Wave("ops"));
        await using var page = await OpenDrawnAsync(scene);
        await page.Page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; }", theme);
        await page.Page.GetByLabel("Show Operations as a table").ClickAsync();
        await page.UntilAsync("the table", async () => await page.Page.Locator("tbody tr").CountAsync() > 10);

        var found = await page.Page.Locator("main").RunAxe();

        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
    }

    private static Scene Given(TimeSpan? window = null, int spacing = 0)
    {
        ChartSpec[] specs = [Ops, Net];
        return new() { Specs = specs, Feed = new(specs, window ?? TimeSpan.FromMinutes(5), Start.AddSeconds(300)), Spacing = spacing };
    }

    private static long At(int second) => Start.AddSeconds(second).ToUnixTimeMilliseconds();

    private static ChartTrack Track(string series, params int[] seconds) =>
        new(series, [.. seconds.Select(second => new SeriesPoint(At(second), second))]);

    private static ChartTrack Wave(string series) =>
        new(series, [.. Enumerable.Range(1, 300).Select(i => new SeriesPoint(At(i), 50 + (40 * Math.Sin(i / 9.0))))]);

    private static Task TickAsync(Scene scene, int second, double value) => scene.UpdateAsync(() =>
    {
        scene.Feed.Advance(Start.AddSeconds(second));
        scene.Feed.Tail("ops", new ChartTrack("ops", [new(At(second), value)]));
        scene.Feed.Tail("net", new ChartTrack("in", [new(At(second), value)]), new ChartTrack("out", [new(At(second), value * 2)]));
    });

    private static async Task TickManyAsync(ChartPage page, int from, int count)
    {
        for (var second = from; second < from + count; second++)
        {
            await TickAsync(page.Scene, second, 50 + (second % 17));
            await page.NextFrameAsync();
        }
    }

    private static async Task CycleAsync(ChartPage page, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await page.Scene.UpdateAsync(() => page.Scene.IsShown = false);
            await page.UntilAsync("gone", async () => await page.Page.Locator("[data-chart]").CountAsync() == 0);
            await page.Scene.UpdateAsync(() =>
            {
                page.Scene.IsShown = true;
                page.Scene.Feed.Seed("ops", Wave("ops"));
                page.Scene.Feed.Seed("net", Wave("in"), Wave("out"));
            });
            await page.UntilAsync(
                "back", async () => await page.Lines("net").CountAsync() == 2 && await page.Lines("ops").CountAsync() == 1);
        }
    }

    /// <summary>
    /// What is held once several collections, a frame apart, find nothing more: one alone leaves what the last frame still holds.
    /// </summary>
    private static async Task<(double Heap, double Nodes, double Listeners)> LeftAsync(ChartPage page)
    {
        var session = await page.Page.Context.NewCDPSessionAsync(page.Page);
        await session.SendAsync("Performance.enable");
        var least = await HeldAsync(session);
        for (var again = 0; again < 4; again++)
        {
            await page.NextFrameAsync();
            var held = await HeldAsync(session);
            least = (Math.Min(least.Heap, held.Heap), Math.Min(least.Nodes, held.Nodes), Math.Min(least.Listeners, held.Listeners));
        }

        return least;
    }

    private static async Task<(double Heap, double Nodes, double Listeners)> HeldAsync(ICDPSession session)
    {
        await session.SendAsync("HeapProfiler.collectGarbage");
        var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return (metrics["JSHeapUsedSize"], metrics["Nodes"], metrics["JSEventListeners"]);
    }

    private static Task<string> StrokeAsync(ChartPage page) =>
        page.Lines("ops").EvaluateAsync<string>("line => getComputedStyle(line).stroke");

    private static async Task<int> StepsAsync(ChartPage page, string chart)
    {
        var path = await page.Lines(chart).First.GetAttributeAsync("d");
        return path!.Count(letter => letter == 'L') + 1;
    }

    private async Task<ChartPage> OpenDrawnAsync(Scene scene)
    {
        var page = await harness.OpenAsync(scene);
        await page.UntilAsync("the first line", async () => await page.Lines("ops").CountAsync() > 0);
        return page;
    }
}
