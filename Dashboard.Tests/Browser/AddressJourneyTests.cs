using System.Text.RegularExpressions;
using Dashboard.Components.Charts.Harness;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>The URL is the state: what it asks for is shown, whatever it holds.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class AddressJourneyTests(WatchedTrio watched)
{
    [Fact]
    public async Task Window_IsInTheUrl_AndBackReturns()
    {
        await using var board = await watched.OpenAsync("/instances/cache");
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "1 h", Exact = true }).ClickAsync();
        await UrlIsAsync(board, @"/instances/cache\?window=1h$");
        await Assertions.Expect(Current(board)).ToHaveTextAsync("1 h");

        await board.Page.ReloadAsync();
        await Assertions.Expect(Current(board)).ToHaveTextAsync("1 h");
        await board.Page.GoBackAsync();

        await Assertions.Expect(Current(board)).ToHaveTextAsync("15 m");
    }

    [Fact]
    public async Task Back_WhileTheCircuitStarts_IsFollowed()
    {
        await using var board = await watched.OpenAsync("/instances/cache");
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "1 h", Exact = true }).ClickAsync();
        await UrlIsAsync(board, @"/instances/cache\?window=1h$");
        // Goes back once the page has sent its address to the server, and before the server has answered.
        await board.Page.AddInitScriptAsync("""
            const send = WebSocket.prototype.send;
            let gone = false;
            WebSocket.prototype.send = function (data) {
              send.call(this, data);
              if (!gone && typeof data !== 'string' && new TextDecoder().decode(data).includes('StartCircuit')) {
                gone = true;
                history.back();
              }
            };
            """);

        await board.Page.ReloadAsync();

        await UrlIsAsync(board, "/instances/cache$");
        await Assertions.Expect(Current(board)).ToHaveTextAsync("15 m");
        await board.NextPollAsync();
        await Assertions.Expect(Current(board)).ToHaveTextAsync("15 m");
    }

    [Fact]
    public async Task Pause_HoldsTheAxis_WhileNumbersContinue_AndIsShared()
    {
        await using var board = await watched.OpenAsync("/instances/cache?window=5m");
        var line = board.Chart("Operations").Locator(ChartMarkup.Line).First;
        await Assertions.Expect(line).ToHaveCountAsync(1);
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Pause" }).ClickAsync();
        await UrlIsAsync(board, @"from=\d+&to=\d+$");
        var words = await Frozen(board).InnerTextAsync();
        await board.NextPollAsync();
        await board.NextPollAsync();
        var drawn = await line.GetAttributeAsync("d");

        await board.NextPollAsync();
        await board.NextPollAsync();

        Assert.Equal(drawn, await line.GetAttributeAsync("d"));
        await using var shared = await watched.OpenAsync(new Uri(board.Page.Url).PathAndQuery);
        Assert.Equal(words, await Frozen(shared).InnerTextAsync());
    }

    [Fact]
    public async Task DragOnAChart_ZoomsAll_AndLiveReturns()
    {
        await using var board = await watched.OpenAsync("/instances/cache?window=5m");
        var plot = board.Chart("Operations").Locator(".plot");
        await Assertions.Expect(plot.Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);
        await board.HideStripsAsync();
        var box = (await plot.BoundingBoxAsync())!;

        await board.Page.Mouse.MoveAsync(box.X + (box.Width * 0.5f), box.Y + 60);
        await board.Page.Mouse.DownAsync();
        await board.Page.Mouse.MoveAsync(box.X + (box.Width * 0.8f), box.Y + 60, new() { Steps = 5 });
        await board.Page.Mouse.UpAsync();

        await UrlIsAsync(board, @"\?window=5m&from=\d+&to=\d+$");
        await Assertions.Expect(Frozen(board)).ToContainTextAsync("paused");
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Go on live" }).ClickAsync();
        await UrlIsAsync(board, @"/instances/cache\?window=5m$");
    }

    /// <summary><c>PageAddressTests</c> cover further addresses: the live page is the one that was sent.</summary>
    [Fact]
    public async Task InvalidQuery_IsIgnored()
    {
        await using var board =
            await watched.OpenAsync(
                "/instances/cache?window=<script>alert(1)</script>&from=5&to=abc&find=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E");

        await Assertions.Expect(board.Page.GetByRole(AriaRole.Heading, new() { Name = "cache", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(board.Main).ToContainTextAsync("live · UTC");
    }

    [Fact]
    public async Task UnknownInstance_IsNamed()
    {
        await using var board = await watched.OpenAsync(null);
        board.Faults.Expected = true; // The browser itself logs a 404.

        await board.GoAsync("/instances/%3Cscript%3Ealert(1)%3C%2Fscript%3E");

        await Assertions.Expect(board.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToContainTextAsync("No instance is called “<script>alert(1)</script>”");
        await board.GoAsync("/instances/" + new string('x', 3000));
        await Assertions.Expect(board.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToContainTextAsync(new Regex("^No instance is called “x{5,40}…"));
    }

    /// <summary>Checks until it is so: waiting for a navigation may miss one that was over before.</summary>
    private static Task UrlIsAsync(BoardPage board, string ending) => Assertions.Expect(board.Page).ToHaveURLAsync(new Regex(ending));

    private static ILocator Current(BoardPage board) => board.Page.Locator("a[aria-current=true]");

    private static ILocator Frozen(BoardPage board) => board.Page.Locator(".range");
}
