using System.Net;
using Dashboard.Instances;

namespace Dashboard.Edge;

/// <summary>The settings of what stands between browsers and the console.</summary>
/// <param name="Proxies">Whose forwarded headers are believed; empty believes none.</param>
internal sealed record EdgeSettings(PublicAddress Address, IReadOnlyList<IPNetwork> Proxies, LivePageLimits LivePages)
{
    public static EdgeSettings Read(DashboardOptions options, IConfiguration configuration, SettingFaults faults) => new(
        PublicAddress.Read(options.PublicUrl, Listening.Addresses(configuration), options.AllowPlainHttp, faults),
        TrustedProxies.Read(options.TrustedProxies, faults),
        LivePageLimits.Read(options, faults));
}
