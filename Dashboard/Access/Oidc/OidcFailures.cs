using System.Text.Json;
using Dashboard.Audit.Aggregation;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Dashboard.Access.Oidc;

/// <summary>
/// Tells apart what goes wrong between the console and the provider, and gathers it for the audit log. What exceptions say is not repeated:
/// it holds the provider's words.
/// </summary>
internal sealed class OidcFailures(OidcAvailability settings, AnonymousFailures failures)
{
    /// <summary>Of a person nobody knows yet.</summary>
    public void Note(HttpContext context, OidcFailure failure) =>
        failures.Note(context.Connection.RemoteIpAddress?.ToString(), "sign-in", $"through {settings.Provider!.Name}: {failure.Detail}");

    /// <summary>Of fetching the discovery document and the keys.</summary>
    public static OidcFailure OfDocument(Exception error) =>
        Chain(error).Any(one => one is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
            ? OidcFailure.Away
            : OidcFailure.Unfit;

    /// <summary>Of the way back.</summary>
    /// <param name="answeredWithError">The provider's answer itself was an error.</param>
    /// <param name="error">What the handler gave up with; null when it does not say.</param>
    public static OidcFailure OfAnswer(bool answeredWithError, Exception? error) => error switch
    {
        SecurityTokenInvalidAudienceException => OidcFailure.Audience,
        SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenInvalidLifetimeException
            or SecurityTokenNoExpirationException => OidcFailure.Clock,
        OpenIdConnectProtocolException when error.Data.Contains("error") => answeredWithError ? OidcFailure.Error : OidcFailure.Client,
        // What came from the token endpoint is no JSON, e.g. a proxy's error page.
        OpenIdConnectProtocolException { InnerException: not null } => OidcFailure.Error,
        SecurityTokenException or OpenIdConnectProtocolException or ArgumentException or JsonException => OidcFailure.Untrusted,
        HttpRequestException or IOException or TimeoutException or OperationCanceledException or InvalidOperationException =>
            OfDocument(error),
        _ => OidcFailure.Stale,
    };

    /// <summary>The page that says it, with the way back kept.</summary>
    public static string PageOf(string path, OidcFailure failure, string? back)
    {
        var query = new QueryBuilder { { "why", failure.Code } };
        if (ReturnPath.Of(back) is { Length: > 1 } local)
        {
            query.Add("return", local);
        }

        return path + query;
    }

    private static IEnumerable<Exception> Chain(Exception error)
    {
        for (var one = error; one is not null; one = one.InnerException)
        {
            yield return one;
        }
    }
}
