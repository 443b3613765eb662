using Dashboard.Valkey.Connecting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Options;

namespace Dashboard.Realtime;

/// <summary>The backplane's connections, and SignalR's manager over them, as long as they work.</summary>
internal sealed class BackplaneSession : IAsyncDisposable
{
    /// <summary>The time for its end: the manager may wait for a server that hangs.</summary>
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);

    private readonly BackplaneConnection _connection;
    private readonly RedisHubLifetimeManager<ConsoleHub> _manager;
    private readonly TimeProvider _time;

    /// <param name="connection">Belongs to the session.</param>
    /// <param name="services">Where the manager finds what it needs.</param>
    public BackplaneSession(BackplaneConnection connection, IServiceProvider services, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        _manager = ActivatorUtilities.CreateInstance<RedisHubLifetimeManager<ConsoleHub>>(
            services, Options.Create(new RedisOptions { ConnectionFactory = _ => Task.FromResult(connection.Library) }));
    }

    public HubLifetimeManager<ConsoleHub> Manager => _manager;

    /// <summary>Ends it within seconds, whatever the server does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        // It unsubscribes first, which cannot succeed any more.
        await Task.Run(_manager.Dispose).WaitAsync(EndTime, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
