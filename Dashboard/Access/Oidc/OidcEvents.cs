using System.Security.Claims;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Dashboard.Access.Oidc;

/// <summary>What the console does at each step of a sign-in through the provider. Every sign-in ends on a page of ours.</summary>
internal sealed class OidcEvents(
    OidcAvailability settings, EdgeSettings edge, OidcSignIn oidcSignIn, OidcStepUp oidcStepUp, SignOut ending, OidcFailures failures,
    TimeProvider time) : OpenIdConnectEvents
{
    public const string SignInPath = "/sign-in";
    public const string ConfirmPath = "/confirm/provider";

    private static readonly object FaultKey = new();
    private static readonly object StateKey = new();

    private OidcSettings Provider => settings.Provider!;

    /// <summary>Sends the browser back to the address that people open, whatever a proxy in between made of it.</summary>
    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        if (edge.Address.Url is { } url)
        {
            context.ProtocolMessage.RedirectUri = url.GetLeftPart(UriPartial.Authority) + OidcDefaults.CallbackPath;
        }

        return Task.CompletedTask;
    }

    /// <summary>Runs before the code is used. The handler asks for the cookie that ties it to this browser afterwards.</summary>
    public override Task MessageReceived(MessageReceivedContext context)
    {
        context.HttpContext.Items[StateKey] = context.Properties;
        var isFresh = OidcDefaults.AskedAt(context.Properties) is { } asked && time.GetUtcNow() - asked <= OidcDefaults.Longest;
        if (!isFresh || !HttpMethods.IsGet(context.Request.Method))
        {
            context.HttpContext.Items[FaultKey] = OidcFailure.Stale;
            context.Fail("The state is missing or too old.");
        }

        return Task.CompletedTask;
    }

    public override async Task AuthorizationCodeReceived(AuthorizationCodeReceivedContext context)
    {
        if (await SecretFile.ReadAsync(Provider.ClientSecretFile, context.HttpContext.RequestAborted) is { Length: > 0 } secret)
        {
            context.TokenEndpointRequest!.ClientSecret = secret;
            return;
        }

        context.HttpContext.Items[FaultKey] = OidcFailure.NoSecret;
        context.Fail("The client secret cannot be read.");
    }

    /// <summary>
    /// Requires a signature. The handler accepts a token without one when it comes with a code, because TLS authenticates the provider.
    /// </summary>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        var failure = context.SecurityToken.RawSignature is not { Length: > 0 }
            ? OidcFailure.Untrusted
            : context.Principal?.FindFirstValue("sub") is null ? OidcFailure.NoSubject : null;
        if (failure is not null)
        {
            context.HttpContext.Items[FaultKey] = failure;
            context.Fail(failure.Detail);
        }

        return Task.CompletedTask;
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        End(context.HttpContext, OidcFailure.Cancelled);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        var failure = context.HttpContext.Items[FaultKey] as OidcFailure
            ?? OidcFailures.OfAnswer(context.Request.Query.ContainsKey("error"), context.Failure);
        End(context.HttpContext, failure);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    /// <summary>Runs when everything about the id token was checked, including its nonce.</summary>
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var (asking, back) = (OidcDefaults.SessionOf(context.Properties), ReturnPath.Of(context.ReturnUri));
        try
        {
            var done = asking is null ? back : $"{ConfirmPath}?why=done";
            context.Response.Redirect(await FaultOfAsync(context, asking) is { } failure ? PageOf(asking, failure, back) : done);
        }
        catch (StoreException)
        {
            context.Response.Redirect(PageOf(asking, OidcFailure.NoRecords, back));
        }

        context.HandleResponse();
    }

    private async Task<OidcFailure?> FaultOfAsync(TicketReceivedContext context, string? asking)
    {
        if (OidcIdentity.Read(context.Principal!, Provider, out var unknown) is not { } identity)
        {
            return Noted(context.HttpContext, unknown!);
        }

        var failure = asking is null
            ? await LetInAsync(context.HttpContext, identity)
            : await ConfirmAsync(context.HttpContext, identity, asking, OidcDefaults.AskedAt(context.Properties)!.Value);
        // The other failures have audit rows of their own.
        return failure == OidcFailure.TooMany || failure == OidcFailure.OtherAccount ? Noted(context.HttpContext, failure) : failure;
    }

    private async Task<OidcFailure?> LetInAsync(HttpContext context, OidcIdentity identity)
    {
        var (found, failure) = await oidcSignIn.LetInAsync(identity, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (found is not null)
        {
            // The session of this browser is replaced, not left behind.
            var before = (await context.AuthenticateAsync(SessionClaims.Scheme)).Principal;
            await context.SignInAsync(SessionClaims.Scheme, found);
            await (before is null ? Task.CompletedTask : ending.EndAsync(before, context.Connection.RemoteIpAddress, SignOut.Replaced));
        }

        return failure;
    }

    private async Task<OidcFailure?> ConfirmAsync(HttpContext context, OidcIdentity identity, string asking, DateTimeOffset asked)
    {
        var present = (await context.AuthenticateAsync(SessionClaims.Scheme)).Principal;
        return await oidcStepUp.FaultOfAsync(identity, present, asking, asked, context.Connection.RemoteIpAddress, context.RequestAborted);
    }

    /// <summary>
    /// Redirects to the page that explains the failure. The state comes from the request's items, because the handler drops it when one of
    /// these methods fails the sign-in.
    /// </summary>
    private void End(HttpContext context, OidcFailure failure)
    {
        var state = context.Items[StateKey] as AuthenticationProperties;
        context.Response.Redirect(PageOf(OidcDefaults.SessionOf(state), Noted(context, failure), state?.RedirectUri));
    }

    private OidcFailure Noted(HttpContext context, OidcFailure failure)
    {
        failures.Note(context, failure);
        return failure;
    }

    private static string PageOf(string? session, OidcFailure failure, string? back) =>
        OidcFailures.PageOf(session is null ? SignInPath : ConfirmPath, failure, back);
}
