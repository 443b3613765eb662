using System.Net;
using Dashboard.Configuration;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// The proxies whose forwarded address and scheme of a caller are trusted. No other sender is trusted, because anyone can write such a
/// header.
/// </summary>
internal static class TrustedProxies
{
    /// <param name="written"><c>Dashboard:TrustedProxies</c>: addresses or networks with commas, e.g. <c>10.0.0.7, 10.1.0.0/16</c>.</param>
    public static IReadOnlyList<IPNetwork> Read(string written, SettingErrors errors)
    {
        List<IPNetwork> networks = [];
        foreach (var word in written.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(word, out var address))
            {
                networks.Add(new(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(word, out var network))
            {
                networks.Add(network);
            }
            else
            {
                errors.Add(
                    $"{DashboardOptions.Section}:{nameof(DashboardOptions.TrustedProxies)}",
                    $"'{(word.Length > 60 ? word[..60] : word)}' is neither an address nor a network. Write addresses such as 10.0.0.7 or "
                        + "networks such as 10.1.0.0/16, separated by commas.");
            }
        }

        return networks;
    }
}
