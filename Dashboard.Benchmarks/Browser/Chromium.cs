using Dashboard.Demo;
using Microsoft.Playwright;

namespace Dashboard.Benchmarks.Browser;

/// <summary>A real browser without a window.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <exception cref="BenchException">There is no Chromium on this machine.</exception>
    public static async Task<Chromium> LaunchAsync()
    {
        var program = ServerProgram.Find("chromium") ?? ServerProgram.Find("chromium-browser") ?? ServerProgram.Find("google-chrome")
            ?? throw new BenchException("Found no chromium in PATH. Run `setup/install chromium`, then try again.");
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Quiet }));
    }

    /// <summary>A page of desktop size that has no stored state but the visitor's.</summary>
    public Task<IPage> PageAsync(Visitor? visitor = null) =>
        _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, StorageState = visitor?.State });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
