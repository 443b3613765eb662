using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Components.Circuits;

/// <summary>
/// Follows the address when a person went back or forward while the page was becoming interactive: nothing else notices that.
/// </summary>
public sealed class AddressSync : ComponentBase
{
    [Inject]
    internal NavigationManager Navigation { get; set; } = default!;

    [Inject]
    internal IJSRuntime Script { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            var address = await Script.GetValueAsync<string>("location.href");
            if (address != Navigation.Uri)
            {
                Navigation.NavigateTo(address, replace: true);
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left before it was interactive.
        }
    }
}
