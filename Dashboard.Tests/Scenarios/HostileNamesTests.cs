using System.Net;
using System.Net.Sockets;
using Dashboard.Configuration;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Servers;
using Dashboard.Text;
using Dashboard.Valkey;
using Dashboard.Valkey.Resp;

namespace Dashboard.Scenarios;

/// <summary>Names of keys, channels, clients and users that real servers accept from any client.</summary>
[Trait("Needs", "Server")]
public sealed class HostileNamesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_OfAnyKind_DisturbNoPoll()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await ClientAsync(server);
        await client.SendAsync("CLIENT"u8.ToArray(), "SETNAME"u8.ToArray(), "<svg/onload=alert(1)>"u8.ToArray());
        foreach (var name in HostileTexts.AllNames)
        {
            await client.SendAsync("SET"u8.ToArray(), name, name);
            await client.SendAsync("CLIENT"u8.ToArray(), "SETNAME"u8.ToArray(), name);
            await client.SendAsync([.. name.DefaultIfEmpty((byte)'x')], name);
            await client.SendAsync("EVAL"u8.ToArray(), "return redis.error_reply(ARGV[1])"u8.ToArray(), "0"u8.ToArray(), name);
        }

        await Eventually.Async(
            () => server.InfoAsync("db0"),
            db => db?.StartsWith($"keys={HostileTexts.AllNames.Count()},", StringComparison.Ordinal) == true);
        var (state, log) = await PolledAsync(server);

        Assert.True(state.IsAnswering);
        Assert.Equal(HostileTexts.AllNames.Count(), state.Facts!.Snapshot.Keyspace.Keys);
        Assert.Empty(state.Findings);
        Assert.Empty(log);
        Assert.All(state.Facts.Snapshot.Info.Fields, field => Harmless.Assert(SafeText.Of(field.Name) + SafeText.Of(field.Value)));
    }

    [Fact]
    public async Task Channels_OfAnyKind_AreCounted_AndHugeOnesAreNot()
    {
        await using var server = await TestServer.StartAsync();
        using var few = await ClientAsync(server);
        byte[][] channels = [.. HostileTexts.AllNames.Select(name => (byte[])[.. "action_cable/"u8, .. name])];
        await few.SendAsync([.. "SUBSCRIBE"u8], channels);
        await few.SendAsync([.. "PSUBSCRIBE"u8], channels);
        await Eventually.Async(() => server.InfoAsync("pubsub_channels"), count => count == $"{channels.Length}");

        Assert.Equal(channels.Length, (await PolledAsync(server)).State.Facts!.Supplementary.IdentitiesOnline);

        using var huge = await ClientAsync(server);
        await huge.SendAsync(
            [.. "SUBSCRIBE"u8],
            [.. Enumerable.Range(0, 12).Select(one => (byte[])[.. "action_cable/"u8, (byte)one, .. new byte[1 << 20]])]);
        await Eventually.Async(() => server.InfoAsync("pubsub_channels"), count => count == $"{channels.Length + 12}");
        var (state, _) = await PolledAsync(server);

        Assert.True(state.IsAnswering);
        Assert.Null(state.Facts!.Supplementary.IdentitiesOnline);
    }

    [Theory]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("=cmd|calc!A1")]
    [InlineData("root\u202etoor")]
    public async Task User_OfAnyName_IsRefusedInOneLine(string user)
    {
        await using var server = await TestServer.StartAsync();
        await server.CallAsync("ACL", "SETUSER", user, "on", ">watch-secret", "-@all");
        var file = await server.PasswordFileAsync("watch-secret");
        await using var watch = WatchingConnection.Over(server.Instance(passwordFile: file, user: user));

        var fault = (await watch.InfoAsync(Cancel)).Fault;

        Assert.Equal(FaultKind.NoPerm, fault?.Kind);
        Harmless.Assert(fault!.Detail, Fault.MaxDetail);
    }

    /// <summary>Polls a few times, as the console does.</summary>
    private static async Task<(InstanceState State, IReadOnlyList<string> Log)> PolledAsync(TestServer server)
    {
        var (settings, log) = (
            new MonitoringSettings([server.Instance(Purpose.Cable)], TimeSpan.FromSeconds(1), WatchingConnection.Timeout, "test"),
            new LogLines<Poller>());
        var fleet = new Fleet(settings, new LogLines<Fleet>());
        await server.CallAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await using var watch = WatchingConnection.Over(settings.Instances[0]);
        var poller = new Poller(settings.Instances[0], watch, fleet, settings, TimeProvider.System, log);
        for (var poll = 0; poll < 3; poll++)
        {
            await poller.PollAsync(Cancel);
        }

        return (fleet.States[0], log.Lines);
    }

    private static async Task<RawClient> ClientAsync(TestServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, Cancel);
        return new(client);
    }

    /// <summary>Sends any bytes and discards all replies.</summary>
    private sealed class RawClient : IDisposable
    {
        private readonly TcpClient _client;
        private readonly Task _discarding;

        public RawClient(TcpClient client) => (_client, _discarding) = (client, DiscardAsync(client.GetStream()));

        public async Task SendAsync(byte[] command, params byte[][] words) =>
            await _client.GetStream()
                .WriteAsync(RespRequest.Encode([command, .. words.Select(word => (ReadOnlyMemory<byte>)word)]), Cancel);

        public void Dispose()
        {
            _client.Dispose();
            _discarding.Wait(TimeSpan.FromSeconds(1), CancellationToken.None);
        }

        private static async Task DiscardAsync(NetworkStream stream)
        {
            try
            {
                await stream.CopyToAsync(Stream.Null, CancellationToken.None);
            }
            catch (IOException)
            {
                // The test is over.
            }
        }
    }
}
