using Dashboard.Servers;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Dashboard.Browser.Chromium))]

namespace Dashboard.Browser;

/// <summary>The one real browser of a test run, started when a test first asks for it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A profile of its own: no cookie, no cache.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? how = null)
    {
        await _gate.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--js-flags=--expose-gc"],
            });
        }
        finally
        {
            _gate.Release();
        }

        var context = await _browser.NewContextAsync(how ?? new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout((float)Eventually.Bound.TotalMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        _gate.Dispose();
    }
}
