using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Realtime;

/// <summary>The console's own connection to its hub, in memory.</summary>
public sealed class HubLinkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>
    /// The end is aborted on a thread of the pool, at some time. If the connection were disposed by then, that would throw where nobody
    /// catches it, and end the program.
    /// </summary>
    [Fact]
    public async Task HubsEnd_CanStillBeAborted_AfterItHasEnded()
    {
        await using var services = new ServiceCollection().AddLogging().AddSignalR().Services
            .AddSingleton<SeenConnections>().BuildServiceProvider();
        var hub = services.GetRequiredService<SeenConnections>();

        await new HubLink(hub, TimeProvider.System).RunAsync(_ => { }, _ => Task.CompletedTask, Cancel);

        // The only member of a token that tells whether its source was disposed.
        Assert.NotNull(Assert.Single(hub.Seen).ConnectionClosed.WaitHandle);
    }

    private sealed class SeenConnections(
        HubLifetimeManager<ConsoleHub> manager, IHubProtocolResolver protocols, IOptions<HubOptions> all,
        IOptions<HubOptions<ConsoleHub>> own, ILoggerFactory logs, IUserIdProvider users, IServiceScopeFactory scopes)
        : HubConnectionHandler<ConsoleHub>(manager, protocols, all, own, logs, users, scopes)
    {
        public List<ConnectionContext> Seen { get; } = [];

        public override Task OnConnectedAsync(ConnectionContext connection)
        {
            Seen.Add(connection);
            return base.OnConnectedAsync(connection);
        }
    }
}
