using Bunit;
using MudBlazor;
using MudBlazor.Services;

namespace Dashboard.Components;

/// <summary>What components of MudBlazor need from the page around them.</summary>
internal static class MudContext
{
    public static void AddMud(this BunitContext context)
    {
        context.Services.AddMudServices();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    /// <summary>Draws the place where dialogs appear; once the services are complete.</summary>
    public static IRenderedComponent<MudDialogProvider> ShowDialogs(this BunitContext context)
    {
        context.Render<MudPopoverProvider>();
        return context.Render<MudDialogProvider>();
    }
}
