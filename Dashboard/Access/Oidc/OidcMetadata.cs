using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dashboard.Access.Oidc;

/// <summary>The provider's discovery document: its addresses and signing keys. It is fetched at the first sign-in, and cached.</summary>
/// <remarks>Every call ends within the timeout of the settings, however many callers wait for the same answer.</remarks>
internal sealed class OidcMetadata(OidcSettings settings, HttpClient http, TimeProvider time)
    : IConfigurationManager<OpenIdConnectConfiguration>
{
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _cached = new(
        $"{settings.Authority}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(http) { RequireHttps = settings.IsHttps },
        new OidcMetadataCheck(settings));

    /// <exception cref="InvalidOperationException">The document cannot be fetched or used.</exception>
    /// <exception cref="TimeoutException">The provider did not answer in time.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            return await _cached.GetConfigurationAsync(linked.Token).WaitAsync(linked.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException("The provider is slow.");
        }
    }

    public void RequestRefresh() => _cached.RequestRefresh();
}
