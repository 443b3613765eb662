using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Components.Circuits;

/// <summary>
/// Shows what the address says to somebody who went back or forward while the page was still becoming interactive: nothing hears of that.
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
            // The page was left before it was there.
        }
    }
}
