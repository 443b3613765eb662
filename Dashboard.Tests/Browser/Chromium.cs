using Dashboard.Demo;
using Dashboard.Servers;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Dashboard.Browser.Chromium))]

namespace Dashboard.Browser;

/// <summary>The real browser of a test run, started when a test first needs it. The headless one costs half as much.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Whole = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly string[] Headless = ["chromium-headless-shell", .. Whole];

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, IBrowser> _open = [];
    private IPlaywright? _playwright;

    /// <summary>Opens a context with a profile of its own: no cookies, no cache.</summary>
    /// <param name="whole">True for the full browser, as people use it.</param>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? how = null, bool whole = false)
    {
        var context = await (await OpenAsync(Find(whole ? Whole : Headless))).NewContextAsync(how ?? Screens.Desktop);
        context.SetDefaultTimeout((float)Eventually.Bound.TotalMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _open.Values)
        {
            await browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    private async Task<IBrowser> OpenAsync(string program)
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _open.TryGetValue(program, out var browser) ? browser : _open[program] = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = program,
                Timeout = (float)Eventually.Bound.TotalMilliseconds,
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--js-flags=--expose-gc",
                ],
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <exception cref="InvalidOperationException">None is installed: a missing browser fails a test and never skips one.</exception>
    private static string Find(string[] programs) => programs.Select(ServerProgram.Find).FirstOrDefault(found => found is not null)
        ?? throw new InvalidOperationException($"None of {string.Join(", ", programs)} is installed: run ./test, which installs one.");
}
