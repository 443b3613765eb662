using Dashboard.Servers;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Valkey;

/// <summary>The console's acting connection to a test's server, and what a plan would know of it.</summary>
internal static class ActingConnection
{
    public static async Task<IValkeyServer> OverAsync(TestServer server, Instances.Purposes.Purpose purpose = Instances.Purposes.Purpose.Cache)
    {
        var act = new ValkeyServers(TimeProvider.System).For(Instances.ConnectionRole.Act, server.Instance(purpose), WatchingConnection.Timeout);
        Assert.Null((await act.InfoAsync(TestContext.Current.CancellationToken)).Fault);
        return act;
    }

    public static async Task<ServerPrecondition> GuardAsync(TestServer server, int database = 0) => new((await server.InfoAsync("run_id"))!, database);
}
