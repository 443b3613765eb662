using StackExchange.Redis;

namespace Dashboard.Valkey.Connecting;

/// <summary>The client library's two connections for the backplane. The library opens them again itself when they are lost.</summary>
internal sealed class BackplaneConnection(IConnectionMultiplexer library, ReconnectingTunnel tunnel) : IAsyncDisposable
{
    public IConnectionMultiplexer Library => library;

    /// <summary>Closes both at once: on a server that hangs, a last command would be waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        tunnel.Dispose();
        await library.CloseAsync(allowCommandsToComplete: false);
        await library.DisposeAsync();
    }
}
