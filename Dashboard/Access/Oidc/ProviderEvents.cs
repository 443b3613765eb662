using System.Security.Claims;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Dashboard.Access.Oidc;

/// <summary>What the console does along the way to the provider and back. Every way ends on a page of ours.</summary>
internal sealed class ProviderEvents(
    AccessSettings settings, EdgeSettings edge, ProviderEntrance entrance, ProviderConfirmation confirmation, SignOut ending, ProviderFaults faults, TimeProvider time) : OpenIdConnectEvents
{
    public const string SignInPath = "/sign-in";
    public const string ConfirmPath = "/confirm/provider";

    private static readonly object FaultKey = new();
    private static readonly object StateKey = new();

    private ProviderSettings Provider => settings.Provider!;

    /// <summary>The address people open, whatever a proxy in between made of it.</summary>
    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        if (edge.Address.Url is { } url)
        {
            context.ProtocolMessage.RedirectUri = url.GetLeftPart(UriPartial.Authority) + ProviderScheme.CallbackPath;
        }

        return Task.CompletedTask;
    }

    /// <summary>Before the code is looked at. The cookie that ties it to this browser is asked for afterwards.</summary>
    public override Task MessageReceived(MessageReceivedContext context)
    {
        context.HttpContext.Items[StateKey] = context.Properties;
        var isFresh = ProviderScheme.AskedAt(context.Properties) is { } asked && time.GetUtcNow() - asked <= ProviderScheme.Longest;
        if (!isFresh || !HttpMethods.IsGet(context.Request.Method))
        {
            context.HttpContext.Items[FaultKey] = ProviderFault.Stale;
            context.Fail("The state is missing, or too old.");
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

        context.HttpContext.Items[FaultKey] = ProviderFault.NoSecret;
        context.Fail("The client secret cannot be read.");
    }

    /// <summary>The handler takes a token without a signature when it comes with a code: TLS would vouch for it. A signature is wanted all the same.</summary>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        var fault = context.SecurityToken.RawSignature is not { Length: > 0 } ? ProviderFault.Untrusted : context.Principal?.FindFirstValue("sub") is null ? ProviderFault.NoSubject : null;
        if (fault is not null)
        {
            context.HttpContext.Items[FaultKey] = fault;
            context.Fail(fault.Detail);
        }

        return Task.CompletedTask;
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        End(context.HttpContext, ProviderFault.Cancelled);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        var fault = context.HttpContext.Items[FaultKey] as ProviderFault ?? ProviderFaults.OfAnswer(context.Request.Query.ContainsKey("error"), context.Failure);
        End(context.HttpContext, fault);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    /// <summary>Everything about the id token was checked by now, its nonce as well.</summary>
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var (asking, back) = (ProviderScheme.SessionOf(context.Properties), LocalPath.Of(context.ReturnUri));
        try
        {
            var done = asking is null ? back : $"{ConfirmPath}?why=done";
            context.Response.Redirect(await FaultOfAsync(context, asking) is { } fault ? PageOf(asking, fault, back) : done);
        }
        catch (StoreException)
        {
            context.Response.Redirect(PageOf(asking, ProviderFault.NoRecords, back));
        }

        context.HandleResponse();
    }

    private async Task<ProviderFault?> FaultOfAsync(TicketReceivedContext context, string? asking)
    {
        if (ProviderPerson.Read(context.Principal!, Provider, out var unknown) is not { } person)
        {
            return Noted(context.HttpContext, unknown!);
        }

        var fault = asking is null ? await LetInAsync(context.HttpContext, person) : await ConfirmAsync(context.HttpContext, person, asking, ProviderScheme.AskedAt(context.Properties)!.Value);
        // The others are rows of their own.
        return fault == ProviderFault.TooMany || fault == ProviderFault.SomebodyElse ? Noted(context.HttpContext, fault) : fault;
    }

    private async Task<ProviderFault?> LetInAsync(HttpContext context, ProviderPerson person)
    {
        var (found, fault) = await entrance.LetInAsync(person, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (found is not null)
        {
            // This browser's session is replaced, not left behind.
            var before = (await context.AuthenticateAsync(SessionClaims.Scheme)).Principal;
            await context.SignInAsync(SessionClaims.Scheme, found);
            await (before is null ? Task.CompletedTask : ending.EndAsync(before, context.Connection.RemoteIpAddress, SignOut.Replaced));
        }

        return fault;
    }

    private async Task<ProviderFault?> ConfirmAsync(HttpContext context, ProviderPerson person, string asking, DateTimeOffset asked)
    {
        var present = (await context.AuthenticateAsync(SessionClaims.Scheme)).Principal;
        return await confirmation.FaultOfAsync(person, present, asking, asked, context.Connection.RemoteIpAddress, context.RequestAborted);
    }

    /// <summary>The state is kept beside: the handler drops it where one of these methods fails the way.</summary>
    private void End(HttpContext context, ProviderFault fault)
    {
        var state = context.Items[StateKey] as AuthenticationProperties;
        context.Response.Redirect(PageOf(ProviderScheme.SessionOf(state), Noted(context, fault), state?.RedirectUri));
    }

    private ProviderFault Noted(HttpContext context, ProviderFault fault)
    {
        faults.Note(context, fault);
        return fault;
    }

    private static string PageOf(string? session, ProviderFault fault, string? back) => ProviderFaults.PageOf(session is null ? SignInPath : ConfirmPath, fault, back);
}
