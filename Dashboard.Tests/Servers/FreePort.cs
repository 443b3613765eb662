using System.Net;
using System.Net.Sockets;

namespace Dashboard.Servers;

/// <summary>A port of the loopback address that nothing listens on.</summary>
/// <remarks>
/// From below those that the system gives to outgoing connections, else one of these may take it before its server does; and drawn
/// at random, for other processes look for ports, too. Above 10080, which browsers refuse.
/// </remarks>
internal static class FreePort
{
    private const int Lowest = 11_000;
    private const int Highest = 32_000;

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
