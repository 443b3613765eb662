using Dashboard.Consoles;

namespace Dashboard.Browser;

/// <summary>Three real servers and the console that watches them, for the tests of one class.</summary>
public sealed class WatchedTrio(Chromium chromium) : IAsyncLifetime
{
    internal Trio Servers { get; private set; } = null!;

    internal ConsoleProcess Console { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Servers = await Trio.StartAsync();
        Console = await ConsoleProcess.StartAsync(Servers.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        await Servers.DisposeAsync();
    }

    internal Task<BoardPage> OpenAsync(string? path = "/", Microsoft.Playwright.BrowserNewContextOptions? how = null) => BoardPage.OpenAsync(chromium, Console.Url, path, how);
}
