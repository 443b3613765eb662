using Dashboard.Configuration;

namespace Dashboard.Access.Oidc;

/// <summary>Whether people can sign in through a provider.</summary>
/// <param name="Provider">The provider; null when people sign in only with a password of this console.</param>
internal sealed record OidcAvailability(OidcSettings? Provider) : ISettings<OidcAvailability>
{
    public static OidcAvailability Read(DashboardOptions options, IConfiguration configuration, SettingErrors errors) =>
        new(OidcSettingsReader.Read(options, errors));
}
