using Dashboard.Access.Sessions;
using Dashboard.Components.Access;
using Dashboard.Components.Actions;
using Dashboard.Components.Circuits;
using Dashboard.Components.Instances;
using Dashboard.Hosting.Edge;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor.Services;

namespace Dashboard.Components;

/// <summary>Registers what people see.</summary>
internal static class ComponentsSetup
{
    public static void AddComponents(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.DetailedErrors = false);
        // A circuit without its browser holds memory; the page's address restores all of it.
        builder.Services.AddOptions<CircuitOptions>().Configure<EdgeSettings>((circuits, edge) =>
            (circuits.DisconnectedCircuitMaxRetained, circuits.PersistedCircuitInMemoryMaxRetained) = (
                edge.LivePages.Total / 2, edge.LivePages.Total / 2));
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddMudServices();
        builder.Services.AddScoped<CircuitPresence>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<CircuitPresence>());
        builder.Services.AddScoped<CircuitSession>();
        builder.Services.AddScoped<FleetTicker>();
        builder.Services.AddSingleton<ChartSource>();
        builder.Services.AddAftermathStrips();
    }

    /// <summary>A page for what a person cannot find; scripts and machines get the bare status.</summary>
    public static void UseNotFoundPage(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (!SessionCookie.IsPage(context.Request) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }

            return next(context);
        });
    }

    public static void MapComponents(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        var pages = app.MapRazorComponents<App>();
        pages.AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        pages.Add(AnswerHead);
    }

    /// <summary>
    /// The framework maps pages for GET and POST alone, and HEAD would be told to sign in, even at the door. The server leaves the body out
    /// by itself.
    /// </summary>
    private static void AnswerHead(EndpointBuilder page)
    {
        if (page.Metadata.OfType<HttpMethodMetadata>().LastOrDefault() is { } methods && methods.HttpMethods.Contains(HttpMethods.Get))
        {
            page.Metadata.Add(new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head]));
        }
    }
}
