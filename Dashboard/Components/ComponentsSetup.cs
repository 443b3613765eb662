using Dashboard.Access.Sessions;
using Dashboard.Components.Access;
using Dashboard.Components.Actions;
using Dashboard.Components.Circuits;
using Dashboard.Components.Instances;
using Dashboard.Components.Theme;
using Dashboard.Components.Times;
using Dashboard.Hosting.Edge;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;

namespace Dashboard.Components;

/// <summary>Registers the user interface.</summary>
internal static class ComponentsSetup
{
    /// <summary>How long a message stays that nobody has to answer.</summary>
    private static readonly TimeSpan MessageTime = TimeSpan.FromSeconds(10);

    public static void AddComponents(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.DetailedErrors = false);
        // A circuit without its browser holds memory; the page's address restores everything.
        builder.Services.AddOptions<CircuitOptions>().Configure<EdgeSettings>((circuits, edge) =>
            (circuits.DisconnectedCircuitMaxRetained, circuits.PersistedCircuitInMemoryMaxRetained) = (
                edge.LivePages.Total / 2, edge.LivePages.Total / 2));
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddMudServices(with => With(with.SnackbarConfiguration));
        builder.Services.AddTheme();
        builder.Services.AddTimes();
        builder.Services.AddScoped<CircuitPresence>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<CircuitPresence>());
        builder.Services.AddScoped<CircuitSession>();
        builder.Services.AddScoped<StepUpPrompt>();
        builder.Services.AddScoped<FleetTicker>();
        builder.Services.AddSingleton<ChartSource>();
        builder.Services.AddAftermathStrips();
    }

    private static void With(SnackbarConfiguration messages)
    {
        messages.PositionClass = Defaults.Classes.Position.TopRight;
        messages.VisibleStateDuration = (int)MessageTime.TotalMilliseconds;
        messages.NewestOnTop = true;
        messages.PreventDuplicates = false;
    }

    /// <summary>Shows a page where a person requests something that does not exist; scripts and programs get the bare status.</summary>
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
        app.MapTheme();
        var pages = app.MapRazorComponents<App>();
        pages.AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        pages.Add(AnswerHead);
    }

    /// <summary>
    /// Answers HEAD like GET: the framework maps pages for GET and POST only, and HEAD would be sent to sign in, even on the sign-in page.
    /// The server leaves out the body itself.
    /// </summary>
    private static void AnswerHead(EndpointBuilder page)
    {
        if (page.Metadata.OfType<HttpMethodMetadata>().LastOrDefault() is { } methods && methods.HttpMethods.Contains(HttpMethods.Get))
        {
            page.Metadata.Add(new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head]));
        }
    }
}
