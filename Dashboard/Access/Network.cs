using System.Net;
using System.Net.Sockets;

namespace Dashboard.Access;

/// <summary>Identifies where a caller is: an IPv4 address, or the /64 of an IPv6 one.</summary>
internal static class Network
{
    /// <summary>Returns the network. One household has 2^64 IPv6 addresses, and browsers change theirs every day.</summary>
    /// <returns>For example <c>10.0.0.9</c> or <c>2001:db8:0:1::/64</c>; empty for null.</returns>
    public static string Of(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } =>
            $"{new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]])}/64",
        _ => address.ToString(),
    };
}
