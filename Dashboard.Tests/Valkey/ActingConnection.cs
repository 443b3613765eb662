using Dashboard.Servers;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Valkey;

/// <summary>The console's acting connection to a test's server, and the precondition that a plan would hold for it.</summary>
internal static class ActingConnection
{
    public static async Task<IServerActor> OverAsync(TestServer server, Instances.Purposes.Purpose? purpose = null)
    {
        var act =
            new ValkeyServers(TimeProvider.System).Actor(
                server.Instance(purpose ?? Instances.Purposes.Purpose.Cache), WatchingConnection.Timeout);
        Assert.Null((await act.InfoAsync(TestContext.Current.CancellationToken)).Fault);
        return act;
    }

    public static async Task<ServerPrecondition> GuardAsync(TestServer server, int database = 0) =>
        new((await server.InfoAsync("run_id"))!, database);
}
