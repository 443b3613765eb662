namespace Dashboard.Packaging;

/// <summary>The three services of <c>compose.yaml</c>, for all tests that leave them as they were.</summary>
public sealed class ComposeTrio : IAsyncLifetime
{
    private readonly Dictionary<string, ComposeServer> _servers = [];

    internal ComposeServer this[string service] => _servers[service];

    public async ValueTask InitializeAsync()
    {
        foreach (var service in new[] { "redis_cache", "redis_cable", "redis_session" })
        {
            _servers[service] = await ComposeServer.StartAsync(service);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
