using System.Net;
using System.Net.Sockets;
using System.Text;
using Dashboard.Servers;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>Whole commands of consoles that are on their way to the server, and arrive later than the console believes.</summary>
/// <param name="rewrites">What happens to a request on its way.</param>
internal sealed class LateCommands(TestServer server, Func<string, string> rewrites)
{
    private readonly List<(string Request, int After)> _held = [];
    private readonly HashSet<string> _addresses = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Whether a server's client with this address sent one of these.</summary>
    public bool IsClient(string address) => _addresses.Contains(address);

    public void ForgetAddresses() => _addresses.Clear();

    /// <param name="after">How many further requests pass before it.</param>
    public void Hold(string request, int after) => _held.Add((request, after));

    /// <summary>Lets those arrive whose time has come.</summary>
    /// <param name="passed">How many requests have passed since the last call.</param>
    public async Task ArriveAsync(int passed)
    {
        var due = _held.Where(one => one.After <= 0).ToList();
        var later = _held.Where(one => one.After > 0).Select(one => (one.Request, one.After - passed)).ToList();
        _held.Clear();
        _held.AddRange(later);
        foreach (var (request, _) in due)
        {
            await SendAsync(request);
        }
    }

    public async Task ArriveAllAsync()
    {
        await ArriveAsync(int.MaxValue);
        await ArriveAsync(0);
    }

    /// <summary>Sends a request on a connection of its own, and waits until the server has run it.</summary>
    private async Task SendAsync(string request)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(TestServer.Host, server.Port, Cancel);
        _addresses.Add($"{TestServer.Host}:{((IPEndPoint)client.Client.LocalEndPoint!).Port}");
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(rewrites(request)), Cancel);
        await client.GetStream().ReadAtLeastAsync(new byte[4], 1, cancellationToken: Cancel);
    }
}
