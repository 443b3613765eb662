using Dashboard.Consoles;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>What the board says of servers that are not there, not ready or not what they should be when the console starts.</summary>
[Trait("Needs", "Browser")]
[Trait("Server", "Any")]
public sealed class StartJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task DownAtStart_IsNoReasonNotToStart_AndIsFoundWhenItComes()
    {
        await using var cache = await TestServer.StartAsync("maxmemory 6mb", "maxmemory-policy allkeys-lru");
        await cache.KillAsync();
        await using var console = await ConsoleProcess.StartAsync($"Dashboard:Instances:cache:Url=redis://{cache.Endpoint}", "Dashboard:PollTimeout=500ms");
        await using var board = await BoardPage.OpenAsync(chromium, console.Url);

        await board.CardSaysAsync("cache", "down", "cache refuses connections", "Pages still work but come from the database", "no facts yet", "–");
        await cache.RestartAsync();

        await Assertions.Expect(board.Main).ToContainTextAsync("It is well.");
    }

    [Fact]
    public async Task Loading_TellsHowFar_AndEndsByItself()
    {
        await using var cache = await SlowLoading.StartAsync("maxmemory-policy allkeys-lru");
        await using var console = await ConsoleProcess.StartAsync($"Dashboard:Instances:cache:Url=redis://{cache.Endpoint}");
        await using var board = await BoardPage.OpenAsync(chromium, console.Url);

        await Assertions.Expect(board.Card("cache")).ToContainTextAsync("up ");

        // Its snapshot is there; by now nothing is compiled any more while it loads.
        await cache.RestartAsync(waitUntilReady: false);

        await board.CardSaysAsync("cache", "cache is loading its dataset: ", " % read");

        await Assertions.Expect(board.Card("cache")).Not.ToContainTextAsync("loading its dataset");
        await board.CardSaysAsync("cache", "healthy");
    }

    [Fact]
    public async Task WrongPassword_IsRejected_AndShownNowhere()
    {
        await using var session = await TestServer.WithPasswordAsync("right-secret", "appendonly yes");
        var file = await session.PasswordFileAsync("wrong-secret");
        await using var console = await ConsoleProcess.StartAsync($"Dashboard:Instances:session:Url=redis://{session.Endpoint}", $"Dashboard:Instances:session:PasswordFile={file}");
        await using var board = await BoardPage.OpenAsync(chromium, console.Url);

        await board.CardSaysAsync("session", "password rejected", "The console is blind here; users may be served well.");
        await board.HeadlineSaysAsync("Write the right password into the file");
        Assert.DoesNotContain("wrong-secret", await board.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", console.Said, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "right-secret", TestContext.Current.CancellationToken);
        await Assertions.Expect(board.Main).ToContainTextAsync("It is well.");
    }

    [Fact]
    public async Task TwoPurposesOnOneServer_StandUntilTheyAreParted()
    {
        await using var cache = await TestServer.StartAsync("maxmemory 6mb", "maxmemory-policy allkeys-lru");
        await using var session = await TestServer.StartAsync("appendonly yes");
        await using var proxy = new TcpProxy(cache.Port);
        await using var console = await ConsoleProcess.StartAsync(
            $"Dashboard:Instances:cache:Url=redis://{cache.Endpoint}", $"Dashboard:Instances:session:Url=redis://127.0.0.1:{proxy.Port}");
        await using var board = await BoardPage.OpenAsync(chromium, console.Url);
        var shared = board.Page.GetByRole(AriaRole.Region, new() { NameRegex = new("shared") });

        await Assertions.Expect(shared).ToContainTextAsync("cache and session are one server");
        await Assertions.Expect(shared.Locator("li")).ToHaveCountAsync(5);

        proxy.Target = session.Port;
        proxy.Cut();
        await Assertions.Expect(board.Main).ToContainTextAsync("All 2 are well.");
        await Assertions.Expect(shared).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task ManagedServer_IsUnverifiedAndNotBroken()
    {
        await using var cache = await TestServer.StartAsync(
            "maxmemory 6mb", "maxmemory-policy allkeys-lru", $"user watcher on >{Canaries.Password("watcher")} -@all +info +ping", "rename-command CONFIG \"\"");
        var file = await cache.PasswordFileAsync(Canaries.Password("watcher"));
        await using var console = await ConsoleProcess.StartAsync($"Dashboard:Instances:cache:Url=redis://watcher@{cache.Endpoint}", $"Dashboard:Instances:cache:PasswordFile={file}");
        await using var board = await BoardPage.OpenAsync(chromium, console.Url);

        await Assertions.Expect(board.Main).ToContainTextAsync("It is well.");
        await board.CardSaysAsync("cache", "save points unverified");
    }
}
