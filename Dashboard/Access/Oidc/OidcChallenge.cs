using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Dashboard.Access.Oidc;

/// <summary>Begins a sign-in, or a confirmation, at the provider.</summary>
internal sealed partial class OidcChallenge(
    IOptionsMonitor<OpenIdConnectOptions> options, OidcFailures failures, TimeProvider time, ILogger<OidcChallenge> logger)
{
    /// <summary>Sets the cookies that tie the answer to this browser.</summary>
    /// <param name="back">The page to go to afterwards.</param>
    /// <param name="session">The session to confirm: the provider then asks for a proof whatever it remembers. Null to sign in.</param>
    /// <returns>The provider's address to go to; or why there is none.</returns>
    public async Task<(string? Address, OidcFailure? Fault)> BeginAsync(HttpContext context, string back, string? session)
    {
        if (await FaultOfProviderAsync(context.RequestAborted) is { } failure)
        {
            failures.Note(context, failure);
            return (null, failure);
        }

        var state = new OpenIdConnectChallengeProperties(OidcDefaults.State(time.GetUtcNow(), back, session).Items);
        if (session is not null)
        {
            (state.Prompt, state.MaxAge) = ("login", TimeSpan.Zero);
        }

        await context.ChallengeAsync(OidcDefaults.Name, state);
        return (TakeRedirect(context.Response), null);
    }

    /// <summary>Fetches the discovery document first, because the handler throws when the provider does not answer.</summary>
    private async Task<OidcFailure?> FaultOfProviderAsync(CancellationToken cancel)
    {
        try
        {
            await options.Get(OidcDefaults.Name).ConfigurationManager!.GetConfigurationAsync(cancel);
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or TimeoutException)
        {
            var failure = OidcFailures.OfDocument(error);
            LogProviderFault(failure.Detail);
            return failure;
        }
    }

    /// <summary>
    /// Takes the redirect out of the response; a page leads to the address instead. The post of a form must not be redirected there,
    /// because browsers check <c>form-action</c> against every redirect that follows a form, the provider's own included.
    /// </summary>
    private static string TakeRedirect(HttpResponse response)
    {
        var address = response.Headers.Location.ToString();
        response.Headers.Location = default;
        response.StatusCode = StatusCodes.Status200OK;
        return address;
    }

    [LoggerMessage(530, LogLevel.Warning, "No one can sign in through the provider: {Why}. It is asked again at the next sign-in")]
    private partial void LogProviderFault(string why);
}
