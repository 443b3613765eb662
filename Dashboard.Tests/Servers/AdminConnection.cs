using StackExchange.Redis;

namespace Dashboard.Servers;

/// <summary>The test's own connection with every right. Its name distinguishes it from the console's.</summary>
internal sealed class AdminConnection : IAsyncDisposable
{
    public const string Name = "test-admin";

    private readonly ConnectionMultiplexer _connection;

    private AdminConnection(ConnectionMultiplexer connection) => _connection = connection;

    public IServer Server => _connection.GetServers()[0];

    public static async Task<AdminConnection> OpenAsync(int port, string? password, string? user = null) =>
        new(await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { TestServer.Host, port } },
            User = user,
            Password = password,
            ClientName = Name,
            AllowAdmin = true,
            Protocol = RedisProtocol.Resp2,
            TieBreaker = "",
            ConfigurationChannel = "",
            SetClientLibrary = false,
            // A script, a full server or a busy machine may be slow.
            AsyncTimeout = (int)Eventually.Bound.TotalMilliseconds,
            ConnectTimeout = (int)Eventually.Bound.TotalMilliseconds,
        }));

    public async ValueTask DisposeAsync()
    {
        await _connection.CloseAsync(allowCommandsToComplete: false);
        _connection.Dispose();
    }
}
