using Dashboard.Changes;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Dashboard.Valkey.Permissions;
using StackExchange.Redis;

namespace Dashboard.Realtime;

/// <summary>Two consoles that share a store, a real cable instance between them, and what goes wrong with it.</summary>
[Trait("Needs", "Server")]
public sealed class BackplaneTests
{
    private const string Password = "carries hints";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_OfOneConsole_IsRaisedInTheOther_AndComesBackToNeither()
    {
        await using var server = await StartAsync();
        await using var pair = await Pair.StartAsync(await CableAsync(server));
        var change = new Change(ChangeKind.Run, InstanceId.Of("cache"), "7f");
        await pair.ConnectedAsync();

        pair.One.Changes.Raise(change);

        await Eventually.Async(() => Task.FromResult(pair.Two.Heard.Contains(change)));
        await pair.Two.TellsAsync(pair.One);
        Assert.Single(pair.One.Heard, one => one == change);
        Assert.Single(pair.Two.Heard, one => one == change);
        Assert.Equal(0, (await server.CallAsync("ACL", "LOG")).Length);
    }

    [Fact]
    public async Task State_SaysHowLongTheWayTakes_AndWhoIsHeard()
    {
        await using var server = await StartAsync();
        await using var pair = await Pair.StartAsync(await CableAsync(server));
        await pair.ConnectedAsync();

        var state = await Eventually.Async(() => Task.FromResult(pair.One.Backplane.State), state => state.Others.Count > 0);

        Assert.Equal([pair.Two.Id], state.Others.Select(other => other.Replica));
        Assert.InRange(state.RoundTrip!.Value, TimeSpan.FromTicks(1), Eventually.Bound);
    }

    /// <summary>Two consoles with stores of their own on one cable instance: of production and of a test environment, perhaps.</summary>
    [Fact]
    public async Task ConsolesWithStoresOfTheirOwn_DoNotHearEachOther()
    {
        await using var server = await StartAsync();
        var cable = await CableAsync(server);
        await using var pair = await Pair.StartAsync(cable);
        await using var stranger = await OpenReplica.StartAsync(cable, $"stranger {Guid.NewGuid()}");
        await pair.ConnectedAsync();
        await stranger.StateAsync(BackplaneLevel.Connected);

        await pair.One.TellsAsync(pair.Two);

        Assert.DoesNotContain(stranger.Heard, change => change.Kind == ChangeKind.Run);
        Assert.Empty(stranger.Backplane.State.Others);
    }

    [Fact]
    public async Task CableDownAtStart_TheyHearEachOther_OnceItIsThere()
    {
        await using var server = await StartAsync();
        await server.KillAsync();
        await using var pair = await Pair.StartAsync(await CableAsync(server));
        Assert.Equal(FaultKind.Refused, (await pair.One.StateAsync(BackplaneLevel.Failed)).Fault?.Kind);
        await pair.Two.StateAsync(BackplaneLevel.Failed);

        await server.RestartAsync();

        await pair.WorksAsync();
    }

    [Fact]
    public async Task CableKilledAndRestartedEmpty_TheyHearEachOtherAgain()
    {
        await using var server = await StartAsync();
        await using var pair = await Pair.StartAsync(await CableAsync(server));
        await pair.WorksAsync();

        await server.KillAsync();
        await pair.One.StateAsync(BackplaneLevel.Failed);
        await server.RestartAsync(wipe: true);

        await pair.WorksAsync();
    }

    [Fact]
    public async Task CableHungForAWhile_TheyHearEachOtherAgain()
    {
        await using var server = await StartAsync();
        await using var pair = await Pair.StartAsync(await CableAsync(server));
        await pair.WorksAsync();

        server.Stop();
        await pair.One.StateAsync(BackplaneLevel.Failed);
        await pair.Two.StateAsync(BackplaneLevel.Failed);
        server.Continue();

        await pair.WorksAsync();
        await ConnectionsAsync(server, 4);
        await pair.One.DisposeAsync();
        await ConnectionsAsync(server, 2);
    }

    /// <summary>Messages need no memory that counts, and a replica delivers what is published on it.</summary>
    [Theory]
    [InlineData("OOM", "CONFIG", "SET", "maxmemory", "1")]
    [InlineData("READONLY", "REPLICAOF", "127.0.0.1", "1")]
    public async Task CableRefusesWrites_TheyHearEachOtherAllTheSame(string refusal, string command, params string[] arguments)
    {
        await using var server = await StartAsync();
        await using var pair = await Pair.StartAsync(await CableAsync(server));
        await pair.WorksAsync();

        await server.CallAsync(command, arguments);
        var refused = await Assert.ThrowsAsync<RedisServerException>(() => server.CallAsync("SET", "anything", "x"));
        Assert.StartsWith(refusal, refused.Message, StringComparison.Ordinal);

        await pair.WorksAsync();
        await using var later = await OpenReplica.StartAsync(await CableAsync(server), $"later {Guid.NewGuid()}");
        await later.StateAsync(BackplaneLevel.Connected);
    }

    [Fact]
    public async Task OverTls_TheyHearEachOther()
    {
        using var authority = new TestAuthority();
        var port = FreePort.Next();
        await using var server = await TestServer.WithPasswordAsync(
            "admins",
            [.. authority.TlsLines(port, "localhost"), AclRules.Line(Purpose.Cable, ConnectionRole.Backplane, Password)]);
        var cable = await CableAsync(server);

        await using var pair = await Pair.StartAsync(
            cable with { Address = new("localhost", port, Tls: true, CaFile: authority.CaFile) });

        await pair.WorksAsync();
    }

    /// <summary>The container would otherwise end with the exception of a command that no server answers.</summary>
    [Fact]
    public async Task ConsoleEnds_WhileTheCableHangs()
    {
        await using var server = await StartAsync();
        var replica = await OpenReplica.StartAsync(await CableAsync(server), $"ends {Guid.NewGuid()}");
        await replica.StateAsync(BackplaneLevel.Connected);

        server.Stop();
        await replica.DisposeAsync().AsTask().WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
        server.Continue();

        await ConnectionsAsync(server, 0);
    }

    /// <summary>
    /// The library subscribes once after each connection; where that is refused, nothing of its own tries again. What is told afterwards
    /// fills more than the pipe of a connection that nobody reads.
    /// </summary>
    [Fact]
    public async Task RightsTakenAwayAndGivenAgain_WhileItRuns_IsSaid_AndHeals()
    {
        await using var server = await StartAsync();
        await using var pair = await Pair.StartAsync(await CableAsync(server));
        await pair.WorksAsync();

        await server.CallAsync("ACL", "SETUSER", AclRules.UserOf(ConnectionRole.Backplane), "resetchannels");
        foreach (var replica in (OpenReplica[])[pair.One, pair.Two])
        {
            await Eventually.Async(() => Task.FromResult(replica.Backplane.State), state => state.Fault?.Kind == FaultKind.NoPerm);
        }

        await server.CallAsync("ACL", "SETUSER", AclRules.UserOf(ConnectionRole.Backplane), $"&{IServerBackplane.Prefix}*");

        await pair.WorksAsync();
        await ConnectionsAsync(server, 4);
        for (var part = 0; part < 10; part++)
        {
            var changes = Enumerable.Range(0, 100)
                .Select(_ => new Change(ChangeKind.Run, InstanceId.Of("cache"), Guid.NewGuid().ToString())).ToList();
            changes.ForEach(pair.One.Changes.Raise);
            await Eventually.Async(() => Task.FromResult(changes.All(pair.Two.Heard.Contains)));
        }
    }

    /// <summary>The library subscribes over a second connection. One that hangs there is what leaves a console deaf for good.</summary>
    [Fact]
    public async Task CableHangsBetweenConnectingAndSubscribing_TheyHearEachOther_OnceItAnswers()
    {
        await using var server = await StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        var cable = (await CableAsync(server)) with { Address = new(TestServer.Host, proxy.Port) };
        await using var one = await HangingAfterAsync(proxy, 1, cable);
        await using var two = await OpenReplica.StartAsync(cable, one.Store);

        proxy.Blackhole = false;
        proxy.Cut();

        await new Pair(one.Replica, two).WorksAsync();
    }

    [Fact]
    public async Task PasswordRotated_TheNewOneIsReadFromTheFile()
    {
        await using var server = await StartAsync();
        var cable = await CableAsync(server);
        await using var pair = await Pair.StartAsync(cable);
        await pair.WorksAsync();

        await server.CallAsync("ACL", "SETUSER", AclRules.UserOf(ConnectionRole.Backplane), "resetpass", ">rotated");
        await File.WriteAllTextAsync(cable.Backplane!.PasswordFile!, "rotated\n", Cancel);
        await server.CallAsync("CLIENT", "KILL", "USER", AclRules.UserOf(ConnectionRole.Backplane));

        await pair.WorksAsync();
    }

    [Fact]
    public async Task UserMayNotUseTheChannels_IsSaid_AndWorksOnceItMay()
    {
        await using var server = await StartAsync();
        await server.CallAsync("ACL", "SETUSER", AclRules.UserOf(ConnectionRole.Backplane), "resetchannels");
        await using var pair = await Pair.StartAsync(await CableAsync(server));

        var state = await Eventually.Async(
            () => Task.FromResult(pair.One.Backplane.State), state => state.Fault?.Kind == FaultKind.NoPerm);
        Assert.Equal(BackplaneLevel.Failed, state.Level);
        await server.CallAsync("ACL", "SETUSER", AclRules.UserOf(ConnectionRole.Backplane), $"&{IServerBackplane.Prefix}*");

        await pair.WorksAsync();
    }

    [Fact]
    public async Task WithoutAUserForIt_NothingConnects()
    {
        await using var server = await StartAsync();
        await using var replica = await OpenReplica.StartAsync(server.Instance(Purpose.Cable), $"off {Guid.NewGuid()}");

        Assert.Equal(BackplaneLevel.Off, replica.Backplane.State.Level);
        Assert.Equal("1", await server.InfoAsync("connected_clients"));
    }

    /// <summary>Each console has one connection for commands and one for subscriptions, and leaves none.</summary>
    private static Task<int> ConnectionsAsync(TestServer server, int number) => Eventually.Async(
        async () => ((string)(await server.CallAsync("CLIENT", "LIST"))!).Split('\n')
            .Count(client => client.Contains($"user={AclRules.UserOf(ConnectionRole.Backplane)} ", StringComparison.Ordinal)),
        found => found == number);

    private static Task<TestServer> StartAsync() =>
        TestServer.WithPasswordAsync("admins", AclRules.Line(Purpose.Cable, ConnectionRole.Backplane, Password));

    private static async Task<Instance> CableAsync(TestServer server) => server.Instance(Purpose.Cable) with
    {
        Backplane = new(AclRules.UserOf(ConnectionRole.Backplane), await server.PasswordFileAsync(Password + "\n")),
    };

    /// <summary>A console whose connections are dropped silently after the first ones.</summary>
    private static async Task<Hanging> HangingAfterAsync(TcpProxy proxy, int connections, Instance cable)
    {
        var store = $"hanging {Guid.NewGuid()}";
        var replica = await OpenReplica.StartAsync(cable, store);
        await Eventually.Async(() => Task.FromResult(proxy.Connections >= connections));
        proxy.Blackhole = true;
        await replica.StateAsync(BackplaneLevel.Failed);
        return new(replica, store);
    }

    private sealed record Hanging(OpenReplica Replica, string Store) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Replica.DisposeAsync();
    }

    /// <summary>Two consoles that share a store.</summary>
    private sealed record Pair(OpenReplica One, OpenReplica Two) : IAsyncDisposable
    {
        public static async Task<Pair> StartAsync(Instance cable)
        {
            var store = $"pair {Guid.NewGuid()}";
            return new(await OpenReplica.StartAsync(cable, store), await OpenReplica.StartAsync(cable, store));
        }

        public async Task ConnectedAsync()
        {
            await One.StateAsync(BackplaneLevel.Connected);
            await Two.StateAsync(BackplaneLevel.Connected);
        }

        /// <summary>Each hears the other, and says that the way works.</summary>
        public async Task WorksAsync()
        {
            await One.TellsAsync(Two);
            await Two.TellsAsync(One);
            await ConnectedAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await One.DisposeAsync();
            await Two.DisposeAsync();
        }
    }
}
