using System.Globalization;
using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.Bootstrap;
using Dashboard.Access.Oidc;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>Sign-in: name and password, then a code where there is a second factor. A plain form, rendered once per request.</summary>
public sealed partial class SignInPage
{
    [Inject]
    internal PasswordSignIn PasswordSignIn { get; set; } = default!;

    [Inject]
    internal DeviceCookies Browsers { get; set; } = default!;

    [Inject]
    internal SignOut Ending { get; set; } = default!;

    [Inject]
    internal OwnerBootstrap Owners { get; set; } = default!;

    [Inject]
    internal EdgeSettings Edge { get; set; } = default!;

    [Inject]
    internal OidcAvailability Access { get; set; } = default!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    public required HttpContext Request { get; set; }

    /// <summary>Where to go afterwards; only a local path is followed.</summary>
    [SupplyParameterFromQuery]
    public string? Return { get; set; }

    /// <summary>Why the person was sent here.</summary>
    [SupplyParameterFromQuery]
    public string? Why { get; set; }

    /// <summary>The name from the link that led here; it only fills the field.</summary>
    [SupplyParameterFromQuery]
    public string? Name { get; set; }

    [SupplyParameterFromForm]
    public SignInForm? Form { get; set; }

    private string? Ticket { get; set; }

    private string Known => Form?.Name ?? (Name is not null && AccountNames.AreFit(Name) ? Name : "");

    private string? Sentence { get; set; }

    private StoreFailure? Trouble { get; set; }

    /// <summary>Whether there is no owner and no provider through which people could sign in.</summary>
    private bool IsNobodyHere { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Sentence ??= Why switch
        {
            "ended" => "Your session has ended. Sign in again.",
            "set-up" => "Done. Sign in with the password you chose.",
            _ => Access.Provider is { } provider ? OidcFailure.Of(Why)?.Sentence(provider) : null,
        };
        try
        {
            IsNobodyHere = Access.Provider is null && !await Owners.ExistsAsync(Request.RequestAborted);
        }
        catch (StoreException)
        {
            // A person who signs in is told what is wrong with the file.
        }
    }

    private async Task SubmitAsync()
    {
        if (Edge.Address.RefusesSignIn || Form is null)
        {
            return;
        }

        try
        {
            await ActAsync(Form);
        }
        catch (StoreException unusable)
        {
            (Sentence, Trouble) = ("Nobody can sign in now.", unusable.Failure);
            Request.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task ActAsync(SignInForm form)
    {
        var (address, device, cancel) = (Request.Connection.RemoteIpAddress, Browsers.Read(Request.Request), Request.RequestAborted);
        var result = form.Ticket is { Length: > 0 } ticket
            ? await PasswordSignIn.WithCodeAsync(ticket, form.Code ?? "", address, cancel, device)
            : await PasswordSignIn.WithPasswordAsync((form.Name ?? "").Trim(), form.Password ?? "", address, cancel, device);
        switch (result)
        {
            case SignInOutcome.Welcome welcome:
                var before = Request.User;
                await Request.SignInAsync(SessionClaims.Scheme, welcome.Principal);
                Browsers.Mark(Request, welcome.Principal.AccountId()!);
                await Ending.EndAsync(before, address, SignOut.Replaced);
                Navigation.NavigateTo(ReturnPath.Of(Return));
                break;
            case SignInOutcome.CodeNeeded needed:
                (Ticket, Sentence) = (needed.Ticket, needed.Sentence);
                break;
            case SignInOutcome.Refused refused:
                Sentence = refused.Sentence;
                Delay(refused.Wait);
                break;
        }
    }

    private void Delay(TimeSpan? wait)
    {
        if (wait is { } time)
        {
            Request.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Request.Response.Headers.RetryAfter = Math.Ceiling(time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What the form sends.</summary>
    public sealed class SignInForm
    {
        public string? Name { get; set; }

        public string? Password { get; set; }

        /// <summary>Stands for a password that was correct a moment ago.</summary>
        public string? Ticket { get; set; }

        public string? Code { get; set; }
    }
}
