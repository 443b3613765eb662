using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dashboard.Access.Oidc;

/// <summary>
/// Accepts a discovery document only from the issuer that the settings name (OpenID Connect Discovery 1.0, 4.3), with endpoints as private
/// as that issuer's address. Pure.
/// </summary>
internal sealed class OidcMetadataCheck(OidcSettings settings) : IConfigurationValidator<OpenIdConnectConfiguration>
{
    public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration) => FaultOf(configuration) is { } fault
        ? new() { Succeeded = false, ErrorMessage = fault }
        : new() { Succeeded = true };

    private string? FaultOf(OpenIdConnectConfiguration document) =>
        document.Issuer?.TrimEnd('/') != settings.Authority ? "The issuer is a different one."
        : !IsPrivate(document.AuthorizationEndpoint) || !IsPrivate(document.TokenEndpoint) ? "An endpoint is missing, or is plain http."
        : document.SigningKeys.Count == 0 ? "There are no signing keys."
        : null;

    private bool IsPrivate(string? endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (!settings.IsHttps && url is { Scheme: "http", IsLoopback: true }));
}
