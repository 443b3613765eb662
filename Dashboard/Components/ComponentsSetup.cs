using Dashboard.Components.Instances;
using Dashboard.Components.Live;
using Microsoft.AspNetCore.Components.Server.Circuits;
using MudBlazor.Services;

namespace Dashboard.Components;

/// <summary>Registers what people see.</summary>
internal static class ComponentsSetup
{
    public static void AddComponents(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        builder.Services.AddScoped<CircuitPresence>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<CircuitPresence>());
        builder.Services.AddScoped<Pulse>();
        builder.Services.AddSingleton<ChartSource>();
    }

    public static void MapComponents(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
