using System.Text.Json;
using Dashboard.Audit.Aggregation;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Dashboard.Access.Oidc;

/// <summary>
/// Classifies failures between the console and the provider, and aggregates them for the audit log. The messages of exceptions are not
/// repeated, because they contain the provider's words.
/// </summary>
internal sealed class OidcFailures(OidcAvailability settings, AnonymousFailures failures)
{
    /// <summary>Notes a failure of a person whose identity is not known yet.</summary>
    public void Note(HttpContext context, OidcFailure failure) =>
        failures.Note(context.Connection.RemoteIpAddress?.ToString(), "sign-in", $"through {settings.Provider!.Name}: {failure.Detail}");

    /// <summary>Classifies a failure to fetch the discovery document and the keys.</summary>
    public static OidcFailure OfDocument(Exception error) =>
        Chain(error).Any(one => one is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
            ? OidcFailure.Away
            : OidcFailure.Unfit;

    /// <summary>Classifies a failure on the way back from the provider.</summary>
    /// <param name="answeredWithError">The provider's answer itself was an error.</param>
    /// <param name="error">The exception of the handler; null when it gives none.</param>
    public static OidcFailure OfAnswer(bool answeredWithError, Exception? error) => error switch
    {
        SecurityTokenInvalidAudienceException => OidcFailure.Audience,
        SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenInvalidLifetimeException
            or SecurityTokenNoExpirationException => OidcFailure.Clock,
        OpenIdConnectProtocolException when error.Data.Contains("error") => answeredWithError ? OidcFailure.Error : OidcFailure.Client,
        // The answer of the token endpoint is not JSON, for example a proxy's error page.
        OpenIdConnectProtocolException { InnerException: not null } => OidcFailure.Error,
        SecurityTokenException or OpenIdConnectProtocolException or ArgumentException or JsonException => OidcFailure.Untrusted,
        HttpRequestException or IOException or TimeoutException or OperationCanceledException or InvalidOperationException =>
            OfDocument(error),
        _ => OidcFailure.Stale,
    };

    /// <summary>The address of the page that shows the failure; it keeps the way back.</summary>
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
