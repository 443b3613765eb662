using Dashboard.Access.Bootstrap;
using Dashboard.Access.Invitations;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>The target of a one-time link: a person chooses a password, and the first owner also a name. A plain form.</summary>
public sealed partial class InvitationPage
{
    [Inject]
    internal InvitationAcceptance Acceptance { get; set; } = default!;

    [Inject]
    internal OwnerBootstrap Owners { get; set; } = default!;

    [Inject]
    internal EdgeSettings Edge { get; set; } = default!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    public required HttpContext Request { get; set; }

    [SupplyParameterFromForm]
    public SetUpForm? Form { get; set; }

    private string? Sentence { get; set; }

    private StoreFailure? Trouble { get; set; }

    /// <summary>Whether the person chooses a name: only while there is no owner, because people invited later already have one.</summary>
    private bool ChoosesName { get; set; }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            ChoosesName = !await Owners.ExistsAsync(Request.RequestAborted);
        }
        catch (StoreException unusable)
        {
            Refuse(unusable);
        }
    }

    private async Task SubmitAsync()
    {
        if (Edge.Address.RefusesSignIn || Form is null)
        {
            return;
        }

        if (Form.Password != Form.Again)
        {
            Sentence = "The two passwords differ. Type them again.";
            return;
        }

        try
        {
            Sentence =
                await Acceptance.AcceptAsync(
                    Form.Secret ?? "", Form.Name ?? "", Form.Password ?? "", Request.Connection.RemoteIpAddress, Request.RequestAborted);
        }
        catch (StoreException unusable)
        {
            Refuse(unusable);
            return;
        }

        if (Sentence is null)
        {
            Navigation.NavigateTo($"/sign-in?why=set-up&name={Uri.EscapeDataString(Acceptance.Accepted!)}");
        }
    }

    private void Refuse(StoreException unusable)
    {
        (Sentence, Trouble) = ("Nothing was changed.", unusable.Failure);
        Request.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    /// <summary>What the form sends.</summary>
    public sealed class SetUpForm
    {
        public string? Secret { get; set; }

        public string? Name { get; set; }

        public string? Password { get; set; }

        public string? Again { get; set; }
    }
}
