using System.Net;
using System.Net.Sockets;
using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>Opens a TCP connection to an instance's address.</summary>
internal static class TcpConnection
{
    /// <param name="reached">Called with each phase as it begins.</param>
    /// <exception cref="SocketException">The name does not resolve, or none of its addresses accepts.</exception>
    public static async Task<Stream> OpenAsync(InstanceAddress address, Action<HandshakePhase>? reached, CancellationToken deadline)
    {
        reached?.Invoke(HandshakePhase.Resolving);
        var addresses = await Dns.GetHostAddressesAsync(address.Host, deadline);
        reached?.Invoke(HandshakePhase.Connecting);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, address.Port, deadline);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
