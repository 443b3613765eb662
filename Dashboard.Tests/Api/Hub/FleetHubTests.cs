using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dashboard.Access.Accounts;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Audit.Events;
using Dashboard.Consoles;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Packaging;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Api.Hub;

/// <summary>Programs with a machine token, over a real socket.</summary>
[Trait("Slow", "yes")]
public sealed class FleetHubTests(HubConsole hosted) : IClassFixture<HubConsole>
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");

    private readonly HostedConsole _console = hosted.Console;
    private readonly string _url = hosted.Url;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_HearsTheFleet_ItsAlerts_AndRuns()
    {
        await using var hub = Hub(await MakeAsync());
        var (fleets, alerts, runs) = (
            Heard<IReadOnlyList<InstanceJson>>(hub, "FleetChanged"), Heard<AlertJson>(hub, "AlertChanged"),
            Heard<RunJson>(hub, "RunChanged"));
        await hub.StartAsync(Cancel);
        await Eventually.Async(() => Task.FromResult(fleets.Any(fleet => fleet[0].Id == "cache")));

        // No server listens, which its poller reports every few seconds.
        await Eventually.Async(() =>
        {
            _console.Service<Fleet>().Record(Cache, Given.Answered("valkey-8.0.1-cache"));
            return Task.FromResult(fleets.Any(fleet => fleet[0].Answers));
        });
        await Eventually.Async(() => Task.FromResult(alerts.Any(alert => alert is { Instance: "cache", State: "firing" })));
        await Eventually.Async(() =>
        {
            _console.Service<Fleet>().Record(Cache, Given.Answered("valkey-8.0.1-cache"));
            return Task.FromResult(alerts.Any(alert => alert is { Instance: "cache", State: "resolved" }));
        });
        var run = new Run(
            Guid.CreateVersion7(), "cache.flush", Cache, new string('a', 40), 0, "", "deployer", "", TimeProvider.System.GetUtcNow());
        await _console.Service<RunStore>().ClaimAsync(run, Cancel);
        await Eventually.Async(() => Task.FromResult(runs.Any(one => one.Id == run.Id && one.State == "running")));
        await _console.Service<RunStore>().EndAsync(run.Id, new(AuditResult.Done, "It is done."), Cancel);

        await Eventually.Async(() => Task.FromResult(runs.Any(one => one.Id == run.Id && one is { State: "done", EndedAt: not null })));
        Assert.DoesNotContain(runs, one => JsonSerializer.Serialize(one).Contains("deployer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stream_HasEachState_AndIsBounded()
    {
        await using var hub = Hub(await MakeAsync());
        await hub.StartAsync(Cancel);
        Assert.Contains("No instance has this id", await RefusedAsync(hub, "nothing"), StringComparison.Ordinal);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var streams = Enumerable.Range(0, FleetHub.MaxStreams)
            .Select(_ => hub.StreamAsync<InstanceJson>("InstanceState", "cache", end.Token).GetAsyncEnumerator(Cancel)).ToList();
        foreach (var stream in streams)
        {
            Assert.True(await stream.MoveNextAsync());
            Assert.True(await stream.MoveNextAsync());
            Assert.Equal("cache", stream.Current.Id);
        }

        Assert.Contains("already has 5 streams", await RefusedAsync(hub, "cache"), StringComparison.Ordinal);
        await end.CancelAsync();
        await Eventually.Async(async () =>
        {
            await using var again = hub.StreamAsync<InstanceJson>("InstanceState", "cache", Cancel).GetAsyncEnumerator(Cancel);
            try
            {
                return await again.MoveNextAsync();
            }
            catch (HubException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task TokenRevoked_EndsItsConnections_AndNoOthers()
    {
        var (token, other) = (await MakeAsync(), await MakeAsync());
        await using var hub = Hub(token);
        await using var stays = Hub(other);
        var closed = Closed(hub);
        await hub.StartAsync(Cancel);
        await stays.StartAsync(Cancel);

        var revoked = (await _console.Service<ApiTokenAdministration>().RecogniseAsync(token, Cancel)).Token!;
        await _console.Service<IConsoleStore>().WriteAsync(
            transaction => ApiTokenTable.Revoke(transaction, revoked.Id, TimeProvider.System.GetUtcNow()), Cancel);

        await closed.WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
        Assert.Equal(HubConnectionState.Connected, stays.State);
        await Assert.ThrowsAnyAsync<Exception>(() => hub.StartAsync(Cancel));
    }

    [Fact]
    public async Task Connections_AreBounded_ForEachToken()
    {
        var (token, other) = (await MakeAsync(), await MakeAsync());
        await using var first = Hub(token);
        await first.StartAsync(Cancel);
        List<HubConnection> open = [first];
        while (open.Count < FleetConnections.MaxOfToken)
        {
            open.Add(Hub(token));
            await open[^1].StartAsync(Cancel);
        }

        await using var further = Hub(token);
        var closed = Closed(further);
        await further.StartAsync(Cancel);
        await closed.WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
        await using var another = Hub(other);
        await another.StartAsync(Cancel);
        Assert.All(open, one => Assert.Equal(HubConnectionState.Connected, one.State));

        await open[^1].DisposeAsync();
        var id = (await _console.Service<ApiTokenAdministration>().RecogniseAsync(token, Cancel)).Token!.Id;
        await Eventually.Async(() => Task.FromResult(
            _console.Service<FleetConnections>().All.Count(one => one.Token == id) == FleetConnections.MaxOfToken - 1));
        foreach (var one in open)
        {
            await one.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("api", "header", HttpStatusCode.Forbidden)]
    [InlineData("hub", "address", HttpStatusCode.Unauthorized)]
    [InlineData("hub", "with a cookie", HttpStatusCode.Forbidden)]
    [InlineData("hub", "without a WebSocket", HttpStatusCode.BadRequest)]
    public async Task OtherWays_AreRefused(string scope, string way, HttpStatusCode status)
    {
        var token = await MakeAsync(scope);
        using var client = new HttpClient();
        var query = way == "address" ? $"?access_token={token}" : "";
        using var request = new HttpRequestMessage(HttpMethod.Get, _url + FleetHub.Path + query);
        if (way != "address")
        {
            request.Headers.Add("Authorization", $"Bearer {token}");
        }

        else
        {
            // As a page of the console itself: a browser cannot send the header.
            request.Headers.Add("Origin", _url);
        }

        if (way == "with a cookie")
        {
            request.Headers.Add("Cookie", "anything=x");
        }

        if (way != "without a WebSocket")
        {
            request.Headers.Add("Connection", "Upgrade");
            request.Headers.Add("Upgrade", "websocket");
            request.Headers.Add("Sec-WebSocket-Version", "13");
            request.Headers.Add("Sec-WebSocket-Key", Convert.ToBase64String(new byte[16]));
        }

        using var reply = await client.SendAsync(request, Cancel);

        Assert.Equal(status, reply.StatusCode);
    }

    /// <summary>What programs rely on. A change that fails here needs another version in the path.</summary>
    [Fact]
    public void Contract_IsThatOfItsVersion()
    {
        string[] contract =
        [
            .. typeof(IFleetClient).GetMethods().Select(
                method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(Shape))})"),
            .. new[] { typeof(InstanceJson), typeof(AlertJson), typeof(RunJson) }.Select(type =>
                $"{type.Name}: {string.Join(" ", type.GetProperties().Where(one => one.Name != "EqualityContract")
                    .Select(one => JsonNamingPolicy.CamelCase.ConvertName(one.Name)))}"),
        ];

        Assert.Equal("/hubs/fleet/v1", FleetHub.Path);
        Assert.Equal(
            [
                "FleetChanged(InstanceJson[])", "RunChanged(RunJson)", "AlertChanged(AlertJson)",
                "InstanceJson: id purpose answers status severity sentence asOf",
                "AlertJson: instance rule state severity sentence remedy",
                "RunJson: id action instance state begunAt endedAt done total",
            ], contract);
        Assert.NotNull(typeof(FleetHub).GetMethod("InstanceState", [typeof(string), typeof(CancellationToken)]));
    }

    [Fact]
    public async Task DocumentedClientInCSharp_Works_AndIsTheOneThatIsDocumented()
    {
        var source = await File.ReadAllTextAsync(Repository.PathOf("Dashboard.Tests", "Api", "Hub", "DocumentedClient.cs"), Cancel);
        var lines = source.Split("// Begin\n")[1].Split("        // End")[0].Split('\n').Select(line => line.Length > 8 ? line[8..] : "");
        Assert.Equal(string.Join('\n', lines).Trim(), (await DocumentedAsync("csharp")).Trim());
        var printed = new ConcurrentQueue<string>();

        var running = DocumentedClient.RunAsync(_url, await MakeAsync(), printed.Enqueue);

        await Eventually.Async(() => Task.FromResult(running.IsFaulted || SaysEnough(printed)));
        Assert.False(running.IsFaulted, running.Exception?.ToString());
    }

    [Fact]
    public async Task DocumentedClientInJavaScript_Works()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("client.js"), await DocumentedAsync("javascript"), Cancel);
        var start = new ProcessStartInfo("node", [folder.File("client.js")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["NODE_PATH"], start.Environment["URL"], start.Environment["TOKEN"]) =
            (Repository.PathOf("Dashboard", "node_modules"), _url, await MakeAsync());
        var printed = new ConcurrentQueue<string>();
        using var node = Process.Start(start)!;
        node.OutputDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
        node.ErrorDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();
        try
        {
            await Eventually.Async(() => Task.FromResult(node.HasExited || SaysEnough(printed)));
            Assert.False(node.HasExited, string.Join('\n', printed));
        }
        finally
        {
            node.Kill();
            await node.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static bool SaysEnough(IEnumerable<string> printed) =>
        printed.Any(line => line.StartsWith("fleet: [{\"id\":\"cache\"", StringComparison.Ordinal))
        && printed.Any(line => line.StartsWith("cache: ", StringComparison.Ordinal));

    private static async Task<string> DocumentedAsync(string language) =>
        Block(language).Match(await File.ReadAllTextAsync(Repository.PathOf("docs", "hub.md"), Cancel)).Groups[1].Value;

    private static Regex Block(string language) => new($"```{language}\n(.*?)```", RegexOptions.Singleline);

    private static string Shape(System.Reflection.ParameterInfo parameter) =>
        parameter.ParameterType.IsGenericType ? $"{parameter.ParameterType.GetGenericArguments()[0].Name}[]" : parameter.ParameterType.Name;

    private static ConcurrentQueue<T> Heard<T>(HubConnection hub, string message)
    {
        var heard = new ConcurrentQueue<T>();
        hub.On<T>(message, heard.Enqueue);
        return heard;
    }

    private static Task Closed(HubConnection hub)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += _ => Task.FromResult(closed.TrySetResult());
        return closed.Task;
    }

    private static async Task<string> RefusedAsync(HubConnection hub, string instance)
    {
        var refused = await Assert.ThrowsAsync<HubException>(async () =>
        {
            await foreach (var state in hub.StreamAsync<InstanceJson>("InstanceState", instance, Cancel))
            {
                Assert.Fail($"It has {state.Id}.");
            }
        });
        return refused.Message;
    }

    private HubConnection Hub(string token) => new HubConnectionBuilder()
        .WithUrl(_url + FleetHub.Path, HttpTransportType.WebSockets, options =>
        {
            (options.SkipNegotiation, options.Headers["Authorization"]) = (true, $"Bearer {token}");
        })
        .Build();

    private async Task<string> MakeAsync(string scope = "hub")
    {
        var account = await _console.Service<IConsoleStore>()
            .ReadAsync(connection => AccountTable.FindByName(connection, HostedConsole.Owner), Cancel);
        var session = (await _console.Service<SessionIssuer>().LetInAsync(account!, null, "password", Cancel))!.SessionId();
        var made = await _console.Service<ApiTokenAdministration>().MakeAsync(session, $"p{Guid.NewGuid():N}"[..12], [scope], 1, Cancel);
        Assert.Null(made.Refusal?.Sentence);
        return made.Value!;
    }
}
