using System.Net;
using System.Net.Sockets;

namespace Dashboard.Access;

/// <summary>Where somebody is, as far as it is told apart: an IPv4 address, or the /64 of an IPv6 one.</summary>
internal static class Network
{
    /// <summary>One household has 2^64 IPv6 addresses, and browsers change theirs by the day.</summary>
    /// <returns>E.g. <c>10.0.0.9</c> or <c>2001:db8:0:1::/64</c>; empty for none.</returns>
    public static string Of(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } =>
            $"{new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]])}/64",
        _ => address.ToString(),
    };
}
