using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Dashboard.Consoles;
using Dashboard.Demo;
using Dashboard.Packaging;
using Dashboard.Servers;

namespace Dashboard.Scenarios;

/// <summary>However the dashboard ends, its servers end with it, and no other servers do.</summary>
[Trait("Needs", "Server")]
public sealed partial class DemoLifetimeTests(RunningDemo running) : IClassFixture<RunningDemo>, IDisposable
{
    private static readonly string[] Secrets = ["password", "watch-password", "act-password"];

    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    private string DemoFolder => _folder.File("demo");

    /// <summary>The only test here that depends on the kind of server.</summary>
    [Fact]
    public async Task Demo_Ready_ServersRunAndOnlyTheOwnerReadsTheirSecrets()
    {
        var demo = running.Process;

        foreach (var id in DemoProcess.Ids)
        {
            Assert.Equal("PONG", await demo.CliAsync(id, "PING"));
            Assert.Contains($"pid {demo.ServerPid(id)} ", demo.Output, StringComparison.Ordinal);
            Assert.Equal("700", FileRights.Of(Path.Combine(demo.Folder, id)));
            string[] secrets = [.. Secrets.Select(file => Path.Combine(demo.Folder, id, file))];
            Assert.All([.. secrets, Path.Combine(demo.Folder, id, "server.conf")], file => Assert.Equal("600", FileRights.Of(file)));
            Assert.All(secrets, file => AssertHidden(demo, File.ReadAllText(file).Trim()));
            await WatchesAsItsUserWithoutAclErrorsAsync(demo, id);
        }
    }

    /// <summary>
    /// <c>./demo &gt; log</c>: reading the log later gives no access; a person who may write the folder learns how to continue.
    /// </summary>
    [Fact, Trait("Server", "Any")]
    public async Task Demo_IntoALog_NamesTheCommandForALink_WhichMakesTheOwner()
    {
        var said =
            await Eventually.Async(
                () => Task.FromResult(running.Process.Output), said => said.Contains(" owner invite ", StringComparison.Ordinal));
        Assert.DoesNotContain("/set-up#", said, StringComparison.Ordinal);

        var outcome = await Shell.RunAsync(["sh", "-c", LoggedCommand().Match(said).Groups[1].Value], folder: "/");

        Assert.True(outcome is { ExitCode: 0, Error: "" }, $"It ended with {outcome.ExitCode}: {outcome.Error}");
        var link = Link().Match(outcome.Output);
        using var guest = new HostedVisitor(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, link.Groups[1].Value);
        var form = new Dictionary<string, string>
        {
            ["_handler"] = "set-up", ["__RequestVerificationToken"] = await guest.TokenAsync("/set-up"),
            ["Form.Secret"] = link.Groups[2].Value, ["Form.Name"] = "guest",
            ["Form.Password"] = "a long and quiet evening", ["Form.Again"] = "a long and quiet evening",
        };
        Assert.EndsWith(
            "/sign-in?why=set-up&name=guest", (await guest.PostAsync("/set-up", form)).Headers.Location?.ToString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(link.Groups[2].Value, running.Process.Output, StringComparison.Ordinal);
    }

    /// <summary><see cref="Load.TrafficTests"/> cover what follows.</summary>
    [Fact, Trait("Server", "Any")]
    public async Task Demo_Ready_ShowsThePurposesOfTheThreeServers()
    {
        var demo = running.Process;

        await Eventually.Async(
            async () => (
                Full: (double)await demo.InfoAsync("cache", "used_memory") / await demo.InfoAsync("cache", "maxmemory"),
                Hits: await demo.InfoAsync("cache", "keyspace_hits")),
            cache => cache is { Full: > 0.85, Hits: > 0 });
        // One channel of all processes, and two of a user who is online.
        await Eventually.Async(() => demo.InfoAsync("cable", "pubsub_channels"), channels => channels >= 3);
        // db0:keys=6012,expires=6000,avg_ttl=…
        var tokens = (await demo.InfoAsync("session")).Text("db0")!.Split(',', '=');
        Assert.InRange(long.Parse(tokens[1], CultureInfo.InvariantCulture) - long.Parse(tokens[3], CultureInfo.InvariantCulture), 1, 40);
    }

    [Fact, Trait("Server", "Any")]
    public async Task Demo_AnotherRunsInTheFolder_RefusesAndHarmsNothing()
    {
        await using var second = DemoProcess.Start(running.Process.Folder);

        await second.EndAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("A demo is running already", second.Output, StringComparison.Ordinal);
        Assert.Equal("PONG", await running.Process.CliAsync("cache", "PING"));
    }

    [Fact, Trait("Server", "Any")]
    public async Task Demo_PortIsTaken_ReportsItAndStartsNothing()
    {
        await using var other = await TestServer.StartAsync();
        await using var demo = DemoProcess.Start(DemoFolder, other.Port);

        await demo.EndAsync();

        Assert.Equal(1, demo.ExitCode);
        Assert.Contains(
            $"Port {other.Port} is taken by another program. Choose another: ./demo --port {other.Port + 1}", demo.Output,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(DemoFolder));
    }

    /// <summary>The faults that docs/operations.md suggests to try, one after another, to the end.</summary>
    [Fact, Trait("Server", "Any")]
    public async Task Demo_WithTheDocumentedFaults_StaysUp_AndLeavesNothingWhenAskedToEnd()
    {
        await using var demo = await DemoProcess.ReadyAsync(DemoFolder);
        var others = demo.Others();

        await DocumentedPasswordChangeBlindsOnlyTheBoardAndItsRemedyFixesItAsync(demo);

        await DemoProcess.SignalAsync("KILL", demo.ServerPid("session"));
        // The server's watcher ends as well: nothing is left for it to watch.
        await Eventually.Async(() => Task.FromResult(demo.Others().Length), left => left == others.Length - 2);
        Assert.Equal("PONG", await demo.CliAsync("cache", "PING"));
        Assert.NotNull(ProcessStamp.Of(demo.Pid));

        await DemoProcess.SignalAsync("TERM", demo.Pid);
        await EndsWellAndLeavesNothingAsync(demo, others);
    }

    /// <summary>
    /// Ctrl-C in a terminal reaches every process in the foreground at once. A client that has not sent its whole request keeps the web
    /// server waiting for all the time that shutdown may take.
    /// </summary>
    [Fact, Trait("Server", "Any")]
    public async Task Demo_CtrlCInATerminal_InTheMiddleOfARequest_EndsWellAndLeavesNothing()
    {
        var port = FreePort.Next();
        await using var demo = DemoProcess.Start(DemoFolder, ["setsid", .. DemoProcess.Command(DemoFolder, port)]);
        await demo.ReadyAsync();
        var others = demo.Others();
        using var client = new TcpClient();
        await client.ConnectAsync(TestServer.Host, port, Cancel);
        await client.GetStream().WriteAsync("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\n"u8.ToArray(), Cancel);

        await DemoProcess.SignalAsync("INT", -demo.Pid);
        await EndsWellAndLeavesNothingAsync(demo, others);
    }

    [Fact, Trait("Server", "Any")]
    public async Task Demo_NextStart_EndsServersThatOutlivedTheLast_AndLeavesNothingWhenKilledWithAHungServer()
    {
        await using var last = await DemoProcess.ReadyAsync(DemoFolder);
        var servers = last.Others().Where(other => DemoProcess.Ids.Any(id => other.Pid == last.ServerPid(id))).ToArray();
        foreach (var watcher in last.Others().Except(servers))
        {
            await DemoProcess.SignalAsync("KILL", watcher.Pid);
        }

        await DemoProcess.SignalAsync("KILL", last.Pid);
        await last.EndAsync();
        Assert.All(servers, server => Assert.True(server.IsAlive));

        await using var next = await DemoProcess.ReadyAsync(DemoFolder);
        Assert.All(servers, server => Assert.False(server.IsAlive));

        var others = next.Others();
        Assert.True(others.Length >= 6, "three servers, each with its watcher");
        await DemoProcess.SignalAsync("STOP", next.ServerPid("cable"));
        await DemoProcess.SignalAsync("KILL", next.Pid);
        await NothingIsLeftAsync(others);
    }

    private static async Task EndsWellAndLeavesNothingAsync(DemoProcess demo, ProcessStamp[] others)
    {
        await demo.EndAsync();
        Assert.True(demo.ExitCode == 0, $"Exit code {demo.ExitCode}:\n{demo.Output}");
        await NothingIsLeftAsync(others);
    }

    private static Task<int> NothingIsLeftAsync(ProcessStamp[] others) =>
        Eventually.Async(() => Task.FromResult(others.Count(other => other.IsAlive)), left => left == 0);

    private static async Task DocumentedPasswordChangeBlindsOnlyTheBoardAndItsRemedyFixesItAsync(DemoProcess demo)
    {
        // | `.run/demo/cache/cli <<< $'ACL SETUSER dash-watch …'` | *password rejected*…: `printf changed > …` fixes it. |
        var row =
            (await File.ReadAllLinesAsync(Repository.PathOf("docs", "operations.md"), TestContext.Current.CancellationToken)).Single(
                line => line.Contains("dash-watch resetpass", StringComparison.Ordinal));
        var commands = row.Split('`').Where(part => part.Contains(".run/demo", StringComparison.Ordinal)).ToArray();

        await RunLineAsync(commands[0]);
        await Eventually.Async(
            () => Task.FromResult(demo.Output), said => said.Contains("cache gives no facts: WrongPass", StringComparison.Ordinal));
        Assert.Equal("PONG", await demo.CliAsync("cache", "PING"));
        await RunLineAsync(commands[1]);
        await Eventually.Async(() => Task.FromResult(demo.Output), said => said.Contains("cache answers again", StringComparison.Ordinal));

        async Task RunLineAsync(string line) =>
            Assert.Equal(
                0, (await Shell.RunAsync(["bash", "-c", line.Replace(".run/demo", demo.Folder, StringComparison.Ordinal)])).ExitCode);
    }

    /// <summary>Other users of the machine can read arguments and environments.</summary>
    private static void AssertHidden(DemoProcess demo, string secret)
    {
        Assert.True(secret.Length >= 16, "a password to search for");
        foreach (var process in demo.Others().Select(other => other.Pid).Append(demo.Pid))
        {
            Assert.All(
                ["cmdline", "environ"],
                file =>
                    Assert.DoesNotContain(
                        secret, File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}")),
                        StringComparison.Ordinal));
        }

        Assert.DoesNotContain(secret, demo.Output, StringComparison.Ordinal);
    }

    private static async Task WatchesAsItsUserWithoutAclErrorsAsync(DemoProcess demo, string id)
    {
        await Eventually.Async(
            () => demo.CliAsync(id, "CLIENT", "LIST", "TYPE", "normal"),
            clients => clients.Contains("name=dashboard-watch-" + id, StringComparison.Ordinal)
                && clients.Contains("user=dash-watch", StringComparison.Ordinal));
        Assert.Equal("", await demo.CliAsync(id, "ACL", "LOG"));
    }

    [GeneratedRegex(@"run: (.* owner invite .*)")]
    private static partial Regex LoggedCommand();

    [GeneratedRegex(@"(http://\S+)/set-up#(\S+)")]
    private static partial Regex Link();
}
