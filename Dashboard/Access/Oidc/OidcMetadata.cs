using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dashboard.Access.Oidc;

/// <summary>What the provider says of itself: its addresses and signing keys. Fetched when somebody first signs in, and kept.</summary>
/// <remarks>Every call ends within the timeout of the settings, however many wait for the same answer.</remarks>
internal sealed class OidcMetadata(OidcSettings settings, HttpClient http, TimeProvider time)
    : IConfigurationManager<OpenIdConnectConfiguration>
{
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _kept = new(
        $"{settings.Authority}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(http) { RequireHttps = settings.IsHttps },
        new OidcMetadataCheck(settings));

    /// <exception cref="InvalidOperationException">It cannot be fetched, or not be used.</exception>
    /// <exception cref="TimeoutException">The provider is slow.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await _kept.GetConfigurationAsync(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new TimeoutException("The provider is slow.");
        }
    }

    public void RequestRefresh() => _kept.RequestRefresh();
}
