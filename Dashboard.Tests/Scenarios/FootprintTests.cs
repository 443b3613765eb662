using System.Globalization;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Dashboard.Valkey.Commands;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Scenarios;

/// <summary>What watching costs the watched server.</summary>
[Trait("Needs", "Server")]
public sealed class FootprintTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Two of the INFOs are polls; the rest is the client library's greeting, sent once per connection.</summary>
    [Fact]
    public async Task InfoAsync_TwoPolls_AreOneQuietConnection()
    {
        await using var server = await CountingAsync();
        await using var watch = WatchingConnection.Over(server);

        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        await GreetedAsync(server);
        Assert.Equal("1", await Footprint.ConnectionsAsync(server));
        Assert.Equal("0", await server.InfoAsync("keyspace_misses"));
        Assert.Equal("0", await server.InfoAsync("pubsub_channels"));
        Assert.Equal("0", await server.InfoAsync("total_error_replies"));
    }

    [Fact]
    public async Task InfoAsync_FurtherPolls_AreOneInfoEachAndNothingElse()
    {
        await using var server = await CountingAsync();
        await using var watch = WatchingConnection.Over(server);
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);
        await GreetedAsync(server);
        await server.CallAsync("CONFIG", "RESETSTAT");

        for (var poll = 0; poll < 20; poll++)
        {
            Assert.Null((await watch.InfoAsync(Cancel)).Fault);
        }

        Assert.Equal(["info 20"], await Footprint.CommandsAsync(server, "config|resetstat"));
    }

    [Fact]
    public async Task DisposeAsync_Connected_TheConnectionIsGone()
    {
        await using var server = await TestServer.StartAsync();
        await using (var watch = WatchingConnection.Over(server))
        {
            await watch.InfoAsync(Cancel);
            Assert.Equal("1", await Footprint.ConnectionsAsync(server));
        }

        await Eventually.Async(() => Footprint.ConnectionsAsync(server), count => count == "0");
    }

    [Fact]
    public async Task SlowQuestions_CableServer_AreAnswered()
    {
        await using var server = await TestServer.StartAsync("appendonly yes", "appendfsync everysec");
        await using var watch = WatchingConnection.Over(server.Instance(Purpose.Cable));
        await watch.InfoAsync(Cancel);
        using var subscribers = await Subscribers.JoinAsync(server, "_action_cable_internal", "app:action_cable/a", "app:action_cable/b");

        Assert.Equal(1, (await watch.SubscribersAsync("_action_cable_internal", Cancel)).Value);
        Assert.Equal(0, (await watch.SubscribersAsync("nobody", Cancel)).Value);
        Assert.Equal(2, (await watch.CountChannelsAsync("*action_cable/*", Cancel)).Value);
        Assert.Equal("everysec", (await watch.ConfigAsync("appendfsync", Cancel)).Value);
        Assert.Equal("", (await watch.ConfigAsync("save", Cancel)).Value);
        Assert.Contains("no parameter", (await watch.ConfigAsync("no-such-parameter", Cancel)).Fault?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchingConnection_CommandsThatWriteOrHarm_AreNotEvenSent()
    {
        await using var server = await TestServer.StartAsync();
        var stream = await new Handshake(server.Instance(), TimeProvider.System).OpenAsync(null, Cancel);
        using var connection = (await ServerConnection.AdoptAsync(server.Instance(), stream.Value!, WatchingConnection.Timeout))!;
        await server.CallAsync("CONFIG", "RESETSTAT");

        foreach (var command in new[] { "EVAL", "SCRIPT", "SET", "GET", "DEL", "UNLINK", "FLUSHALL", "FLUSHDB", "SHUTDOWN", "DEBUG", "KEYS",
            "CLIENT", "MONITOR", "PUBSUB", "PING" })
        {
            var reply = await connection.AskAsync(new Query<string>(command, ["x"], _ => "sent"), Cancel);
            Assert.Contains("not among the commands", reply.Fault?.Detail, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(
            await Footprint.CommandsAsync(server, "config|resetstat"), command => !command.StartsWith("info ", StringComparison.Ordinal));
    }

    /// <summary>
    /// Starts a server and resets its counters once the test's own connection has sent all that its library sends on its own.
    /// </summary>
    private static async Task<TestServer> CountingAsync()
    {
        var server = await TestServer.StartAsync();
        await Eventually.Async(Asked(server), commands => commands.Split(", ").Contains("info 3"));
        await server.CallAsync("CONFIG", "RESETSTAT");
        return server;
    }

    /// <summary>
    /// Waits until the server has seen everything that two polls and the greeting send. The library sends its last query a moment after it
    /// reports that it is connected.
    /// </summary>
    private static Task<string> GreetedAsync(TestServer server) =>
        Eventually.Async(Asked(server), commands => commands == "client|setname 1, config|get 3, echo 1, info 5");

    /// <summary>What the server was asked, without the queries that this method sends.</summary>
    private static Func<Task<string>> Asked(TestServer server)
    {
        var ownQueries = -1;
        return async () =>
        {
            var commands = await Footprint.CommandsAsync(server, "config|resetstat");
            ownQueries++;
            return string.Join(", ", commands.Select(command => command.StartsWith("info ", StringComparison.Ordinal)
                ? $"info {int.Parse(command[5..], CultureInfo.InvariantCulture) - ownQueries}"
                : command));
        };
    }
}
