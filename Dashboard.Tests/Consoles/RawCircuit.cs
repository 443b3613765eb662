using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Dashboard.Servers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Consoles;

/// <summary>A circuit without a browser: it speaks the framework's own protocol, and sends what no page would. What it is asked to do in script it leaves undone.</summary>
internal sealed partial class RawCircuit : IAsyncDisposable
{
    private readonly WebSocket _socket;
    private readonly IHubProtocol _protocol;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<(bool Done, string Text)>> _calls = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _answers = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Task _listening;
    private int _batches;
    private int _called;

    private RawCircuit(WebSocket socket, IHubProtocol protocol)
    {
        (_socket, _protocol) = (socket, protocol);
        _listening = ListenAsync();
    }

    /// <summary>What the console told the page of its failures.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    public bool IsOpen => !_listening.IsCompleted;

    /// <summary>Waits until the console has cut the connection.</summary>
    public Task EndedAsync() => _listening.WaitAsync(Eventually.Bound, TimeProvider.System);

    /// <summary>A page of the visitor's that has become live.</summary>
    public static async Task<RawCircuit> OpenAsync(HostedConsole console, HostedVisitor visitor, string path)
    {
        var page = await (await visitor.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var circuit = new RawCircuit(await ConnectAsync(console, visitor), console.Services.GetServices<IHubProtocol>().Single(protocol => protocol.Name == "blazorpack"));
        await circuit.BeginAsync(page, path);
        return circuit;
    }

    /// <summary>The bare connection of a circuit.</summary>
    public static Task<WebSocket> ConnectAsync(HostedConsole console, HostedVisitor visitor)
    {
        var client = console.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            request.Headers.Origin = "http://localhost";
            request.Headers.Cookie = string.Join("; ", visitor.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        };
        return client.ConnectAsync(new Uri("ws://localhost/_blazor"), TestContext.Current.CancellationToken);
    }

    /// <summary>Calls a method of .NET as a page's script would.</summary>
    /// <param name="assembly">For a static method; else null.</param>
    /// <param name="target">The number of the object that was handed to the page; 0 for a static method.</param>
    public async Task<(bool Done, string Text)> CallAsync(string? assembly, string method, long target, string arguments)
    {
        var id = Interlocked.Increment(ref _called).ToString(CultureInfo.InvariantCulture);
        var answer = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("BeginInvokeDotNetFromJS", id, assembly, method, target, arguments);
        return await answer.Task.WaitAsync(Eventually.Bound, TimeProvider.System);
    }

    /// <summary>Says that somebody clicked what has this event handler; its number is a guess.</summary>
    public Task<(bool Done, string Text)> ClickAsync(int handler) => CallAsync(
        null, "DispatchEventAsync", 1, $$"""[{"eventHandlerId":{{handler}},"eventName":"click","eventFieldInfo":null},{"type":"click","detail":1}]""");

    /// <summary>Asks the hub for something without waiting for what it says.</summary>
    public async Task SendAsync(string method, params object?[] arguments) => await SendAsync(_protocol.GetMessageBytes(new InvocationMessage(method, arguments)));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _sending.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>As when the cable is cut.</summary>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _listening.WaitAsync(Eventually.Bound, TimeProvider.System);
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task BeginAsync(string page, string path)
    {
        await SendAsync(Encoding.UTF8.GetBytes("""{"protocol":"blazorpack","version":1}""" + "\u001e"));
        var state = State().Match(page).Groups[1].Value;
        var begun = _answers["start"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(_protocol.GetMessageBytes(new InvocationMessage("start", "StartCircuit", ["http://localhost/", "http://localhost" + path, "[]", state])));
        Assert.NotEmpty(await begun.Task.WaitAsync(Eventually.Bound, TimeProvider.System));

        var markers = Marker().Matches(page).Select(match => match.Groups[1].Value).Where(marker => marker.Contains("\"type\":\"server\"", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(markers);
        var operations = markers.Select((marker, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{marker}}}""");
        await SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state);
        await Eventually.Async(() => Task.FromResult(_batches > 1 || !IsOpen));
        Assert.True(IsOpen, $"The circuit did not begin: {string.Join(' ', Errors)}");
    }

    /// <summary>Until the connection ends, whoever ends it.</summary>
    private async Task ListenAsync()
    {
        var (heard, buffer) = (new List<byte>(), new byte[65536]);
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                heard.AddRange(buffer.AsSpan(0, part.Count));
                if (heard is [(byte)'{', (byte)'}', 0x1e, ..])
                {
                    heard.RemoveRange(0, 3);
                }

                await UnderstandAsync(heard);
            }
        }
        catch (Exception ended) when (ended is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut.
        }

        foreach (var call in _calls.Values)
        {
            call.TrySetResult((false, "the connection ended"));
        }
    }

    private async Task UnderstandAsync(List<byte> heard)
    {
        var sequence = new ReadOnlySequence<byte>(heard.ToArray());
        var length = sequence.Length;
        while (_protocol.TryParseMessage(ref sequence, Words.Known, out var message))
        {
            await AnswerAsync(message);
        }

        heard.RemoveRange(0, (int)(length - sequence.Length));
    }

    private async Task AnswerAsync(HubMessage message)
    {
        switch (message)
        {
            case CompletionMessage { InvocationId: { } id } completed when _answers.TryGetValue(id, out var answer):
                answer.TrySetResult(completed.Result as string ?? completed.Error ?? "");
                break;
            case InvocationMessage { Target: "JS.RenderBatch" } batch:
                Interlocked.Increment(ref _batches);
                await SendAsync("OnRenderCompleted", batch.Arguments[0], null);
                break;
            case InvocationMessage { Target: "JS.EndInvokeDotNet" } ended when _calls.TryRemove((string)ended.Arguments[0]!, out var call):
                call.TrySetResult(((bool)ended.Arguments[1]!, (string?)ended.Arguments[2] ?? ""));
                break;
            case InvocationMessage { Target: "JS.Error" } failed:
                Errors.Enqueue((string)failed.Arguments[0]!);
                break;
            case InvocationBindingFailureMessage unknown:
                Errors.Enqueue($"{unknown.Target}: {unknown.BindingFailure.SourceException.Message}");
                break;
        }
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();

    /// <summary>What the console says to a page, and of what kind its words are.</summary>
    private sealed class Words : IInvocationBinder
    {
        public static readonly Words Known = new();

        public Type GetReturnType(string invocationId) => typeof(string);

        public Type GetStreamItemType(string streamId) => typeof(object);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
        {
            "JS.RenderBatch" => [typeof(long), typeof(byte[])],
            "JS.AttachComponent" => [typeof(int), typeof(string)],
            "JS.EndUpdateRootComponents" => [typeof(long)],
            "JS.BeginInvokeJS" => [typeof(long), typeof(string), typeof(string), typeof(int), typeof(long), typeof(int)],
            "JS.EndInvokeDotNet" => [typeof(string), typeof(bool), typeof(string)],
            _ => [typeof(string)],
        };
    }
}
