using StackExchange.Redis;

namespace Dashboard.Servers;

/// <summary>A script that never ends; disposing it ends it.</summary>
internal sealed class BusyScript : IAsyncDisposable
{
    private readonly AdminConnection _runner;
    private readonly AdminConnection _killer;
    private readonly Task _running;

    private BusyScript(AdminConnection runner, AdminConnection killer)
    {
        (_runner, _killer) = (runner, killer);
        _running = runner.Server.ExecuteAsync("EVAL", "while true do end", "0");
    }

    /// <summary>Starts the script and waits until the server answers every client with BUSY.</summary>
    public static async Task<BusyScript> StartAsync(TestServer server)
    {
        await server.CallAsync("CONFIG", "SET", "lua-time-limit", "50");
        var script =
            new BusyScript(
                await AdminConnection.OpenAsync(server.Port, server.Password),
                await AdminConnection.OpenAsync(server.Port, server.Password));
        await Eventually.Async(script.IsRunningAsync);
        return script;
    }

    private async Task<bool> IsRunningAsync() =>
        await Record.ExceptionAsync(() => _killer.Server.ExecuteAsync("PING")) is RedisServerException { Message: var message }
            && message.StartsWith("BUSY", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _killer.Server.ExecuteAsync("SCRIPT", "KILL");
        await Assert.ThrowsAnyAsync<RedisException>(() => _running);
        await _runner.DisposeAsync();
        await _killer.DisposeAsync();
    }
}
