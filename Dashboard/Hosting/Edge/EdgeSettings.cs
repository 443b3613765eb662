using System.Net;
using Dashboard.Configuration;

namespace Dashboard.Hosting.Edge;

/// <summary>The settings of what stands between browsers and the console.</summary>
/// <param name="Proxies">Whose forwarded headers are believed; empty believes none.</param>
internal sealed record EdgeSettings(PublicAddress Address, IReadOnlyList<IPNetwork> Proxies, LivePageLimits LivePages)
    : ISettings<EdgeSettings>
{
    public static EdgeSettings Read(DashboardOptions options, IConfiguration configuration, SettingErrors errors) => new(
        PublicAddress.Read(options.PublicUrl, ListenAddresses.Addresses(configuration), options.AllowPlainHttp, errors),
        TrustedProxies.Read(options.TrustedProxies, errors),
        LivePageLimits.Read(options, errors));
}
