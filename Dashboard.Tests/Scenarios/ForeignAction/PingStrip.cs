using Dashboard.Access;
using Dashboard.Components.Actions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Dashboard.Scenarios.ForeignAction;

/// <summary>Draws an <see cref="OpenPing"/>.</summary>
public sealed class PingStrip : AftermathStrip<OpenPing>
{
    [Inject]
    internal PingClients Action { get; set; } = default!;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "ping");
        builder.AddContent(2, $"Waiting for an answer to “{Item.Greeting}” on {State.Instance.Id}.");
        builder.OpenElement(3, "button");
        builder.AddAttribute(4, "type", "button");
        builder.AddAttribute(5, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, () => Perform(Close)));
        builder.AddContent(6, "Wait no longer");
        builder.CloseElement();
        builder.CloseElement();
    }

    private Task<Refusal?> Close()
    {
        Action.Close(Item);
        return Task.FromResult<Refusal?>(null);
    }
}
