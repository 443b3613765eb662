using System.Collections.Concurrent;
using Dashboard.Browser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Dashboard.Components.Charts.Harness;

/// <summary>A plain server with nothing but charts on its page, and a real browser to look at it.</summary>
public sealed class ChartHarness(Chromium chromium) : IAsyncLifetime
{
    private const string Style = """
        :root{--bg:#f6f7f9;--panel:#fff;--ink:#14181f;--soft:#5b6573;--faint:#8b95a3;--rule:#e6e9ee;
          --cache:#0f8b8d;--cable:#6c5ce7;--session:#2f6fdb}
        [data-theme=dark]{--bg:#0f1217;--panel:#161b22;--ink:#e8ecf2;--soft:#a1acba;--faint:#6d7886;--rule:#242b35;
          --cache:#3fc1c0;--cable:#a598ff;--session:#74a9ff}
        @font-face{font-family:Inter;src:url(lib/inter/inter-latin-wght-normal.woff2);font-weight:100 900}
        *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.45 Inter,system-ui,sans-serif}
        main{padding:20px 28px}
        .charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px}.charts i{display:none}
        .charts i:not([style="height:0px"]){display:block;grid-column:1/3}
        @media(max-width:900px){main{padding:12px}.charts{grid-template-columns:minmax(0,1fr)}.charts i{grid-column:1!important}}
        """;

    private readonly ConcurrentDictionary<string, Scene> _scenes = new();
    private IBrowserContext? _shared;
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder =
            WebApplication.CreateBuilder(
                new WebApplicationOptions { ApplicationName = "Dashboard.Tests", EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_scenes);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        _app = builder.Build();
        _app.UseStaticFiles();
        _app.UseAntiforgery();
        _app.MapGet("/harness.css", () => Results.Text(Style, "text/css"));
        _app.MapRazorComponents<HarnessDocument>().AddInteractiveServerRenderMode();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_shared?.CloseAsync() ?? Task.CompletedTask);
        await _app.DisposeAsync();
    }

    /// <summary>Opens a page on a scene; it fails the test on any script error or request to another origin.</summary>
    /// <param name="how">Null: beside the other pages, with what they have loaded at hand.</param>
    internal async Task<ChartPage> OpenAsync(Scene scene, BrowserNewContextOptions? how = null)
    {
        var id = Guid.NewGuid().ToString("N");
        _scenes[id] = scene;
        var context = how is null ? _shared ??= await chromium.NewContextAsync() : await chromium.NewContextAsync(how);
        var page = await context.NewPageAsync();
        var opened = new ChartPage(page, scene, _app.Urls.First(), ownsContext: how is not null);
        await page.GotoAsync($"{_app.Urls.First()}/?{id}");
        return opened;
    }
}
