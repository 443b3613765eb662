using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dashboard.Servers;

/// <summary>A port of the loopback address that nothing listens on.</summary>
/// <remarks>
/// The port is below those that the system gives to outgoing connections, else one of these may take it before its server does. It is drawn
/// at random, because other processes look for ports, too, and above 10080, which browsers refuse. No port is given twice: a visitor who
/// signed in to the console that had it would be a stranger to the next.
/// </remarks>
internal static class FreePort
{
    private const int Lowest = 11_000;
    private const int Highest = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            if (Given.TryAdd(port, true) && IsFree(port))
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
