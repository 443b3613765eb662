using System.Globalization;
using System.Net.Sockets;
using Dashboard.FrontDoor;
using Dashboard.Info;
using Dashboard.Servers;

namespace Dashboard.Demo;

/// <summary>Whatever happens to the dashboard, its servers go with it; and it takes nobody else's.</summary>
[Trait("Needs", "Server")]
public sealed class DemoLifeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    private string DemoFolder => _folder.File("demo");

    [Fact]
    public async Task Demo_Ready_ServersRunAndTheirSecretsAreTheOwnersAlone()
    {
        await using var demo = await DemoProcess.ReadyAsync(DemoFolder);

        foreach (var id in DemoProcess.Ids)
        {
            var reply = await Shell.RunAsync([Path.Combine(DemoFolder, id, "cli"), "PING"]);
            Assert.Equal("PONG", reply.Output.Trim());
            Assert.Contains($"pid {demo.ServerPid(id)} ", demo.Said, StringComparison.Ordinal);
            Assert.Equal("700", FileRights.Of(Path.Combine(DemoFolder, id)));
            Assert.All(["password", "watch-password", "act-password", "server.conf"], file => Assert.Equal("600", FileRights.Of(Path.Combine(DemoFolder, id, file))));
            Assert.All(["password", "watch-password", "act-password"], file => AssertUntold(demo, File.ReadAllText(Path.Combine(DemoFolder, id, file)).Trim()));
        }
    }

    [Fact]
    public async Task Demo_WithinAMinute_ShowsWhatTheThreeAreFor()
    {
        await using var demo = await DemoProcess.ReadyAsync(DemoFolder);

        // The first pages were all missed while the cache was filled.
        await Eventually.Async(
            async () => (Evicted: await InfoAsync("cache", "evicted_keys"), Hits: await InfoAsync("cache", "keyspace_hits"), Misses: await InfoAsync("cache", "keyspace_misses")),
            cache => cache.Evicted > 0 && cache.Hits > cache.Misses);

        Assert.True(await InfoAsync("cable", "pubsub_channels") > 10, "people are online");
        // db0:keys=6012,expires=6000,avg_ttl=…
        var tokens = (await InfoAsync("session")).Text("db0")!.Split(',', '=');
        Assert.InRange(long.Parse(tokens[1], CultureInfo.InvariantCulture) - long.Parse(tokens[3], CultureInfo.InvariantCulture), 1, 40);
        await WatchesAsItsUserWithoutATraceAsync();
    }

    [Fact]
    public async Task Demo_KilledWithAServerHung_NothingIsLeft()
    {
        await using var demo = await DemoProcess.ReadyAsync(DemoFolder);
        var others = demo.Others();
        Assert.True(others.Length >= 6, "three servers, each with its watcher");
        await DemoProcess.SignalAsync("STOP", demo.ServerPid("cable"));

        await DemoProcess.SignalAsync("KILL", demo.Pid);

        await Eventually.Async(() => Task.FromResult(others.Count(other => other.IsAlive)), left => left == 0);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Demo_AskedToEnd_EndsWellAndLeavesNothing(string signal)
    {
        await using var demo = await DemoProcess.ReadyAsync(DemoFolder);
        var others = demo.Others();

        await DemoProcess.SignalAsync(signal, demo.Pid);
        await demo.EndAsync();

        AssertEndedWell(demo);
        await Eventually.Async(() => Task.FromResult(others.Count(other => other.IsAlive)), left => left == 0);
    }

    /// <summary>Who has not sent the whole of a request keeps the web server waiting for all the time the end may take.</summary>
    [Fact]
    public async Task Demo_AskedToEndInTheMiddleOfARequest_EndsWell()
    {
        var port = FreePort.Next();
        await using var demo = DemoProcess.Start(DemoFolder, port);
        await demo.ReadyAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(TestServer.Host, port, Cancel);
        await client.GetStream().WriteAsync("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\n"u8.ToArray(), Cancel);

        await DemoProcess.SignalAsync("INT", demo.Pid);
        await demo.EndAsync();

        AssertEndedWell(demo);
    }

    /// <summary>A terminal's Ctrl-C reaches everybody in the foreground at once.</summary>
    [Fact]
    public async Task Demo_CtrlCInATerminal_EndsWellAndLeavesNothing()
    {
        await using var demo = DemoProcess.Start(DemoFolder, ["setsid", .. DemoProcess.Command(DemoFolder, FreePort.Next())]);
        await demo.ReadyAsync();
        var others = demo.Others();

        await DemoProcess.SignalAsync("INT", -demo.Pid);
        await demo.EndAsync();

        AssertEndedWell(demo);
        await Eventually.Async(() => Task.FromResult(others.Count(other => other.IsAlive)), left => left == 0);
    }

    [Fact]
    public async Task Demo_AServerIsKilled_StaysUpAndLeavesItDown()
    {
        await using var demo = await DemoProcess.ReadyAsync(DemoFolder);
        var watchers = demo.Others().Length;

        await DemoProcess.SignalAsync("KILL", demo.ServerPid("session"));

        // The server's watcher goes as well: nothing is left for it to watch.
        await Eventually.Async(() => Task.FromResult(demo.Others().Length), left => left == watchers - 2);
        Assert.Equal("PONG", (await Shell.RunAsync([Path.Combine(DemoFolder, "cache", "cli"), "PING"])).Output.Trim());
        Assert.NotNull(ProcessStamp.Of(demo.Pid));
    }

    [Fact]
    public async Task Demo_NextStart_EndsServersThatOutlivedTheLast()
    {
        await using var last = await DemoProcess.ReadyAsync(DemoFolder);
        var servers = last.Others().Where(other => other.Pid == last.ServerPid("cache") || other.Pid == last.ServerPid("session")).ToArray();
        foreach (var watcher in last.Others().Where(other => DemoProcess.Ids.All(id => other.Pid != last.ServerPid(id))))
        {
            await DemoProcess.SignalAsync("KILL", watcher.Pid);
        }

        await DemoProcess.SignalAsync("KILL", last.Pid);
        await last.EndAsync();
        Assert.All(servers, server => Assert.True(server.IsAlive));

        await using var next = await DemoProcess.ReadyAsync(DemoFolder);

        Assert.All(servers, server => Assert.False(server.IsAlive));
    }

    [Fact]
    public async Task Demo_AnotherRunsInTheFolder_RefusesAndHarmsNothing()
    {
        await using var first = await DemoProcess.ReadyAsync(DemoFolder);
        await using var second = DemoProcess.Start(DemoFolder, FreePort.Next());

        await second.EndAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("A demo is running already", second.Said, StringComparison.Ordinal);
        Assert.Equal("PONG", (await Shell.RunAsync([Path.Combine(DemoFolder, "cache", "cli"), "PING"])).Output.Trim());
    }

    [Fact]
    public async Task Demo_PortIsTaken_SaysSoAndStartsNothing()
    {
        await using var other = await TestServer.StartAsync();
        await using var demo = DemoProcess.Start(DemoFolder, other.Port);

        await demo.EndAsync();

        Assert.Equal(1, demo.ExitCode);
        Assert.Contains($"Port {other.Port} is taken by another program. Choose another: ./demo --port {other.Port + 1}", demo.Said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(DemoFolder));
    }

    [Fact]
    public async Task PasswordLineOfTheReadme_BlindsTheBoardAlone_AndItsRemedyMendsIt()
    {
        // | `.run/demo/cache/cli <<< $'ACL SETUSER dash-watch …'` | *password rejected*…: `printf changed > …` mends it. |
        var row = (await File.ReadAllLinesAsync(Repository.PathOf("README.md"), TestContext.Current.CancellationToken)).Single(line => line.Contains("dash-watch resetpass", StringComparison.Ordinal));
        var commands = row.Split('`').Where(part => part.Contains(".run/demo", StringComparison.Ordinal)).ToArray();
        await using var demo = await DemoProcess.ReadyAsync(DemoFolder);

        await RunLineAsync(commands[0]);
        await Eventually.Async(() => Task.FromResult(demo.Said), said => said.Contains("cache gives no facts: WrongPass", StringComparison.Ordinal));
        Assert.Equal("PONG", (await CliAsync("cache", "PING")).Trim());
        await RunLineAsync(commands[1]);
        await Eventually.Async(() => Task.FromResult(demo.Said), said => said.Contains("cache answers again", StringComparison.Ordinal));

        async Task RunLineAsync(string line) =>
            Assert.Equal(0, (await Shell.RunAsync(["bash", "-c", line.Replace(".run/demo", DemoFolder, StringComparison.Ordinal)])).ExitCode);
    }

    /// <summary>Arguments and environments can be read by others of the machine.</summary>
    private static void AssertUntold(DemoProcess demo, string secret)
    {
        Assert.True(secret.Length >= 16, "a password to search for");
        foreach (var process in demo.Others().Select(other => other.Pid).Append(demo.Pid))
        {
            Assert.All(["cmdline", "environ"], file => Assert.DoesNotContain(secret, File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}")), StringComparison.Ordinal));
        }

        Assert.DoesNotContain(secret, demo.Said, StringComparison.Ordinal);
    }

    private async Task WatchesAsItsUserWithoutATraceAsync()
    {
        foreach (var id in DemoProcess.Ids)
        {
            Assert.Contains("name=dashboard-watch-" + id, await CliAsync(id, "CLIENT", "LIST", "TYPE", "normal"), StringComparison.Ordinal);
            Assert.Contains("user=dash-watch", await CliAsync(id, "CLIENT", "LIST", "TYPE", "normal"), StringComparison.Ordinal);
            Assert.Equal("", (await CliAsync(id, "ACL", "LOG")).Trim());
        }
    }

    private static void AssertEndedWell(DemoProcess demo) => Assert.True(demo.ExitCode == 0, $"Exit code {demo.ExitCode}:\n{demo.Said}");

    private async Task<string> CliAsync(string id, params string[] words) => (await Shell.RunAsync([Path.Combine(DemoFolder, id, "cli"), .. words])).Output;

    private async Task<InfoReply> InfoAsync(string id) => InfoReply.Parse((await Shell.RunAsync([Path.Combine(DemoFolder, id, "cli"), "INFO"])).Output);

    private async Task<long> InfoAsync(string id, string field) => long.Parse((await InfoAsync(id)).Text(field)!, CultureInfo.InvariantCulture);
}
