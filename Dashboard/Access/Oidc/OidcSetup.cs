using System.Net;
using Dashboard.Access.Sessions;
using Dashboard.Hosting.Edge;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dashboard.Access.Oidc;

/// <summary>Registers sign-in through an OpenID Connect provider; its scheme exists only where the settings name one.</summary>
internal static class OidcSetup
{
    /// <summary>The maximum size, in bytes, of a discovery document, a key set or an id token.</summary>
    private const long MaxAnswer = 1024 * 1024;

    /// <summary>Signatures that only the provider can make. With a shared secret, a person who reads ours could make them.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static void AddProvider(this WebApplicationBuilder builder)
    {
        // The handler logs what the provider wrote, possibly over several lines. What matters is logged in our own words.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None);
        var services = builder.Services;
        services.AddSingleton<OidcFailures>().AddSingleton<OidcSignIn>().AddSingleton<OidcStepUp>().AddSingleton<OidcChallenge>()
            .AddSingleton<OidcEvents>();
        services.AddTransient<OpenIdConnectHandler>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        services.AddOptions<AuthenticationOptions>().Configure<OidcAvailability>((authentication, access) =>
        {
            if (access.Provider is not null)
            {
                authentication.AddScheme<OpenIdConnectHandler>(OidcDefaults.Name, null);
            }
        });
        services.AddOptions<OpenIdConnectOptions>(OidcDefaults.Name)
            .Configure<OidcAvailability, EdgeSettings, TimeProvider>((oidc, access, edge, time) =>
        {
            SetFlow(oidc, access.Provider!);
            SetBackchannel(oidc, access.Provider!, time);
            SetTokenChecks(oidc);
            SetCookies(oidc, edge.Address);
        });
    }

    /// <summary>
    /// Sets the flow: authorization code with PKCE, answered in the query, because a form posted from another site would bring no cookie of
    /// ours.
    /// </summary>
    private static void SetFlow(OpenIdConnectOptions oidc, OidcSettings provider)
    {
        (oidc.ClientId, oidc.CallbackPath, oidc.SignInScheme, oidc.EventsType) = (
            provider.ClientId, OidcDefaults.CallbackPath, SessionClaims.Scheme, typeof(OidcEvents));
        (oidc.ResponseType, oidc.ResponseMode, oidc.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        (oidc.SaveTokens, oidc.GetClaimsFromUserInfoEndpoint, oidc.MapInboundClaims, oidc.DisableTelemetry) = (false, false, false, true);
        oidc.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable;
        // Signing out is local. With these paths, the handler would end sessions on a GET.
        (oidc.RemoteSignOutPath, oidc.SignedOutCallbackPath) = (default, default);
        oidc.ClaimActions.Clear();
        oidc.Scope.Clear();
        foreach (var scope in provider.Scopes)
        {
            oidc.Scope.Add(scope);
        }
    }

    /// <summary>Sets how the provider is called. No redirect is followed: it would take the client secret along.</summary>
    private static void SetBackchannel(OpenIdConnectOptions oidc, OidcSettings provider, TimeProvider time)
    {
        var handler =
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false, UseCookies = false, UseProxy = provider.IsHttps,
                ConnectTimeout = provider.Timeout, PooledConnectionLifetime = TimeSpan.FromMinutes(5)
            };
        oidc.Backchannel =
            new HttpClient(handler)
            {
                Timeout = provider.Timeout, MaxResponseContentBufferSize = MaxAnswer,
                DefaultRequestVersion = HttpVersion.Version11
            };
        oidc.RequireHttpsMetadata = provider.IsHttps;
        oidc.ConfigurationManager = new OidcMetadata(provider, oidc.Backchannel, time);
    }

    private static void SetTokenChecks(OpenIdConnectOptions oidc)
    {
        oidc.TokenValidationParameters.ValidAlgorithms = Algorithms;
        oidc.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
        oidc.RemoteAuthenticationTimeout = OidcDefaults.Longest;
    }

    /// <summary>
    /// Sets the cookies that tie the answer to the browser that asked. They are Lax, because the way back comes from another site.
    /// </summary>
    private static void SetCookies(OpenIdConnectOptions oidc, PublicAddress address)
    {
        foreach (var (cookie, name) in new[] { (oidc.CorrelationCookie, "provider-state-"), (oidc.NonceCookie, "provider-nonce-") })
        {
            (cookie.Name, cookie.Path, cookie.SameSite, cookie.HttpOnly) = (address.Cookie(name), "/", SameSiteMode.Lax, true);
            cookie.SecurePolicy = address.IsPrivate ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        }
    }
}
