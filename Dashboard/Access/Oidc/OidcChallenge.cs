using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Dashboard.Access.Oidc;

/// <summary>Begins a sign-in, or a confirmation, at the provider.</summary>
internal sealed partial class OidcChallenge(
    IOptionsMonitor<OpenIdConnectOptions> options, OidcFailures failures, TimeProvider time, ILogger<OidcChallenge> logger)
{
    /// <summary>Sets the cookies that tie the answer to this browser.</summary>
    /// <param name="back">Where to go afterwards.</param>
    /// <param name="session">The session to confirm: the provider then asks for a proof whatever it remembers. Null to sign in.</param>
    /// <returns>The provider's address to go to; or why not.</returns>
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

    /// <summary>Asked first, because the handler itself throws when the provider is away.</summary>
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
            LogNoDocument(failure.Detail);
            return failure;
        }
    }

    /// <summary>
    /// A form's post must not be redirected there: browsers hold the whole way of a form against <c>form-action</c>, the provider's own
    /// redirects included. A page leads there instead.
    /// </summary>
    private static string TakeRedirect(HttpResponse response)
    {
        var address = response.Headers.Location.ToString();
        response.Headers.Location = default;
        response.StatusCode = StatusCodes.Status200OK;
        return address;
    }

    [LoggerMessage(530, LogLevel.Warning, "Nobody can sign in through the provider: {Why}. It is asked again at the next sign-in")]
    private partial void LogNoDocument(string why);
}
