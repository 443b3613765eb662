using System.Net.WebSockets;
using Dashboard.Benchmarks.Viewers;
using Dashboard.Servers;

namespace Dashboard.Consoles;

/// <summary>Opens circuits of a hosted console without a browser.</summary>
internal static class HostedCircuit
{
    /// <summary>Opens a page of the visitor and makes it live.</summary>
    public static async Task<RawCircuit> OpenAsync(HostedConsole console, HostedVisitor visitor, string path)
    {
        var page = await (await visitor.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return await RawCircuit.BeginAsync(
            await ConnectAsync(console, visitor), page, new Uri("http://localhost" + path), Eventually.Bound);
    }

    /// <summary>Opens the bare connection of a circuit.</summary>
    /// <param name="endpoint">Another address of the same endpoint.</param>
    public static Task<WebSocket> ConnectAsync(HostedConsole console, HostedVisitor visitor, string endpoint = "/_blazor")
    {
        var client = console.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            request.Headers.Origin = "http://localhost";
            request.Headers.Cookie = string.Join("; ", visitor.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        };
        return client.ConnectAsync(new Uri("ws://localhost" + endpoint), TestContext.Current.CancellationToken);
    }
}
