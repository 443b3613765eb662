using System.Net;
using Dashboard.Configuration;

namespace Dashboard.Hosting.Edge;

/// <summary>The settings of everything between browsers and the console.</summary>
/// <param name="Proxies">The proxies whose forwarded headers are trusted; empty trusts none.</param>
internal sealed record EdgeSettings(PublicAddress Address, IReadOnlyList<IPNetwork> Proxies, LivePageLimits LivePages)
    : ISettings<EdgeSettings>
{
    public static EdgeSettings Read(DashboardOptions options, IConfiguration configuration, SettingErrors errors) => new(
        PublicAddress.Read(options.PublicUrl, ListenAddresses.Addresses(configuration), options.AllowPlainHttp, errors),
        TrustedProxies.Read(options.TrustedProxies, errors),
        LivePageLimits.Read(options, errors));
}
