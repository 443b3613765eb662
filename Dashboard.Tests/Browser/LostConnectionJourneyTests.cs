using Dashboard.Components.Charts.Harness;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>The connection between browser and console is lost and restored.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class LostConnectionJourneyTests(WatchedTrio watched)
{
    [Fact]
    public async Task ConsoleDown_IsReported_AndTheViewComesBackWithIt()
    {
        await using var board = await watched.OpenAsync("/instances/session?window=1h");
        await Assertions.Expect(board.Page.Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);
        board.Faults.Expected = true;
        var dialog = board.Page.GetByRole(AriaRole.Dialog);

        await watched.Console.KillAsync();
        try
        {
            await Assertions.Expect(dialog).ToContainTextAsync("Connection to the console lost");
        }
        finally
        {
            await watched.Console.StartAsync();
        }

        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(board.Page.Locator("a[aria-current=true]")).ToHaveTextAsync("1 h");
        await Assertions.Expect(board.Main).ToContainTextAsync("live · UTC");
        Assert.EndsWith("/instances/session?window=1h", board.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NetworkDown_IsReported_AndTheSamePageContinues_WithoutATrace()
    {
        await using var network = new TcpProxy(new Uri(watched.Console.Url).Port);
        await using var board = await watched.OpenAsync("/instances/cache", port: network.Port);
        board.Faults.Expected = true;
        await board.LiveAsync();
        await board.Page.EvaluateAsync("() => { window.isTheSame = true; }");
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        var stopped = board.Page.Locator("#blazor-error-ui");

        var target = network.Target;
        network.Target = FreePort.Next();
        network.Cut();
        await Assertions.Expect(dialog).ToContainTextAsync("Connection to the console lost");
        Assert.Contains(
            await dialog.Locator("time").InnerTextAsync(), $"{await board.Page.Locator("[data-clock]").InnerTextAsync()} UTC",
            StringComparison.Ordinal);
        var tries = network.Connections;
        await Eventually.Async(() => Task.FromResult(network.Connections > tries + 1));
        await Assertions.Expect(stopped).ToBeHiddenAsync();
        network.Target = target;

        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(board.Main).ToContainTextAsync("live · UTC");
        await Assertions.Expect(stopped).ToBeHiddenAsync();
        Assert.True(await board.Page.EvaluateAsync<bool>("() => window.isTheSame"));
    }

    /// <summary>The connection counts as lost only after 30 s of silence.</summary>
    [Fact]
    public async Task SilentConsole_IsSaidAfterAFewSeconds()
    {
        await using var network = new TcpProxy(new Uri(watched.Console.Url).Port);
        await using var board = await watched.OpenAsync("/", port: network.Port);
        board.Faults.Expected = true;
        await board.NextPollAsync();
        var still = board.Page.Locator("[data-clock][data-still]");
        await Assertions.Expect(still).ToHaveCountAsync(0);

        network.Blackhole = true;

        await Assertions.Expect(still).ToBeVisibleAsync();
        await Assertions.Expect(board.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task HiddenTab_DrawsNothing_AndCatchesUpWhenSeen()
    {
        await using var board = await watched.OpenAsync("/instances/cache?window=5m");
        await Assertions.Expect(board.Page.Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);
        await board.Page.EvaluateAsync("() => { window.draws = 0; document.addEventListener('chartdraw', () => window.draws++); }");
        await Eventually.Async(() => board.Page.EvaluateAsync<int>("() => window.draws"), draws => draws > 0);

        await ShowAsync(board, "hidden");
        var before = await board.Page.EvaluateAsync<int>("() => window.draws");
        var clock = await board.Page.Locator("[data-clock]").InnerTextAsync();
        await Eventually.Async(() => board.Page.Locator("[data-clock]").InnerTextAsync(), Differs(clock, 4));
        Assert.Equal(before, await board.Page.EvaluateAsync<int>("() => window.draws"));

        await ShowAsync(board, "visible");
        await Eventually.Async(() => board.Page.EvaluateAsync<int>("() => window.draws"), draws => draws > before);
    }

    private static async Task ShowAsync(BoardPage board, string state) => await board.Page.EvaluateAsync(
        "state => { Object.defineProperty(document, 'visibilityState', { get: () => state, configurable: true }); "
            + "Object.defineProperty(document, 'hidden', { get: () => state === 'hidden', configurable: true }); "
            + "document.dispatchEvent(new Event('visibilitychange')); }", state);

    private static Func<string, bool> Differs(string first, int times)
    {
        var seen = new HashSet<string> { first };
        return now =>
        {
            seen.Add(now);
            return seen.Count > times;
        };
    }
}
