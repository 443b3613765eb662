using Dashboard.Access;
using Dashboard.Components.Access;
using Dashboard.Components.Instances;
using Dashboard.Components.Live;
using Dashboard.Edge;
using Microsoft.AspNetCore.Components.Server.Circuits;
using MudBlazor.Services;

namespace Dashboard.Components;

/// <summary>Registers what people see.</summary>
internal static class ComponentsSetup
{
    public static void AddComponents(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            // A circuit without its browser holds memory; the page's address restores all of it.
            (circuits.DisconnectedCircuitMaxRetained, circuits.DetailedErrors) = (LiveConnections.Max / 2, false);
        });
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddMudServices();
        builder.Services.AddScoped<CircuitPresence>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<CircuitPresence>());
        builder.Services.AddScoped<CircuitSession>();
        builder.Services.AddScoped<Pulse>();
        builder.Services.AddSingleton<ChartSource>();
    }

    /// <summary>A page for what a person cannot find; scripts and machines get the bare status.</summary>
    public static void UseNotFoundPage(this WebApplication app) => app.UseWhen(
        context => HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase),
        people => people.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));

    public static void MapComponents(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
    }
}
