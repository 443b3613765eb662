using System.Globalization;
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

    /// <param name="answersBusyAfter">Until then the server answers nobody.</param>
    public static async Task<BusyScript> StartAsync(TestServer server, TimeSpan answersBusyAfter)
    {
        await server.CallAsync("CONFIG", "SET", "lua-time-limit", answersBusyAfter.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        var script = new BusyScript(await AdminConnection.OpenAsync(server.Port, server.Password), await AdminConnection.OpenAsync(server.Port, server.Password));
        await Eventually.Async(script.IsRunningAsync);
        return script;
    }

    /// <summary>Nobody is answered, or everybody with BUSY.</summary>
    private async Task<bool> IsRunningAsync()
    {
        var ping = _killer.Server.ExecuteAsync("PING");
        return await Task.WhenAny(ping, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System)) != ping || ping.IsFaulted;
    }

    public async ValueTask DisposeAsync()
    {
        await _killer.Server.ExecuteAsync("SCRIPT", "KILL");
        await Assert.ThrowsAnyAsync<RedisException>(() => _running);
        await _runner.DisposeAsync();
        await _killer.DisposeAsync();
    }
}
