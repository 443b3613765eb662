using System.Net;
using System.Net.Sockets;

namespace Dashboard.Demo;

/// <summary>Finds ports of 127.0.0.1 on which no program listens.</summary>
internal static class LoopbackPort
{
    /// <returns>One that the system chooses.</returns>
    public static int Next() => TryListen(0)!.Value;

    /// <returns>The first one from a number on.</returns>
    public static int From(int first) => Enumerable.Range(first, 1000).Select(TryListen).OfType<int>().FirstOrDefault() is > 0 and var port
        ? port
        : Next();

    private static int? TryListen(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (Exception taken) when (taken is SocketException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
