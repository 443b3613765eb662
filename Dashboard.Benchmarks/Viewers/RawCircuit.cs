using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Benchmarks.Viewers;

/// <summary>
/// A circuit without a browser. It speaks the framework's own protocol, confirms what is drawn, and can send what no page would.
/// </summary>
/// <remarks>It runs no script. A call of a script that wants an answer gets an empty one, or an object that does nothing.</remarks>
public sealed partial class RawCircuit : IAsyncDisposable
{
    /// <summary>The framework's value of <c>JSCallResultType.JSObjectReference</c>.</summary>
    private const int ObjectReference = 1;

    private static readonly IHubProtocol Protocol = FindProtocol();

    private readonly WebSocket _socket;
    private readonly TimeSpan _patience;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<(bool Done, string Text)>> _calls = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _answers = new();
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Task _listening;
    private int _batches;
    private int _called;
    private int _objects;

    private RawCircuit(WebSocket socket, TimeSpan patience)
    {
        (_socket, _patience) = (socket, patience);
        _listening = ListenAsync();
    }

    /// <summary>Raised with what the console draws, as it came: the texts in it are UTF-8.</summary>
    public event Action<byte[]>? Drawn;

    /// <summary>The failures that the console reported to the page.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>The handlers of clicks on everything that was drawn so far, oldest first; some may be gone.</summary>
    public ConcurrentQueue<int> ClickHandlers { get; } = new();

    public bool IsOpen => !_listening.IsCompleted;

    /// <summary>How often the console has drawn.</summary>
    public int Batches => Volatile.Read(ref _batches);

    /// <summary>Makes a page live.</summary>
    /// <param name="socket">Connected to the circuits' endpoint; owned by this circuit from now on.</param>
    /// <param name="html">The page as the console sent it.</param>
    /// <param name="address">The page's own address.</param>
    /// <param name="patience">How long any answer of the console may take.</param>
    /// <exception cref="InvalidOperationException">The console did not make it live; the message holds what it reported.</exception>
    /// <exception cref="TimeoutException">The console did not answer.</exception>
    public static async Task<RawCircuit> BeginAsync(WebSocket socket, string html, Uri address, TimeSpan patience)
    {
        var circuit = new RawCircuit(socket, patience);
        await circuit.BeginAsync(html, address);
        return circuit;
    }

    /// <summary>Waits until the console has closed the connection.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public Task EndedAsync() => _listening.WaitAsync(_patience, TimeProvider.System);

    /// <summary>Calls a method of .NET as a page's script would.</summary>
    /// <param name="assembly">For a static method; otherwise null.</param>
    /// <param name="target">The number of the object that was handed to the page; 0 for a static method.</param>
    /// <param name="arguments">A JSON array.</param>
    public async Task<(bool Done, string Text)> CallAsync(string? assembly, string method, long target, string arguments)
    {
        var id = Interlocked.Increment(ref _called).ToString(CultureInfo.InvariantCulture);
        var answer = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("BeginInvokeDotNetFromJS", id, assembly, method, target, arguments);
        return await answer.Task.WaitAsync(_patience, TimeProvider.System);
    }

    /// <summary>Reports a click on the element with this event handler; its number is a guess.</summary>
    public Task<(bool Done, string Text)> ClickAsync(int handler) => CallAsync(
        null, "DispatchEventAsync", 1,
        $$"""[{"eventHandlerId":{{handler}},"eventName":"click","eventFieldInfo":null},{"type":"click","detail":1}]""");

    /// <summary>Calls a method of the hub without waiting for an answer.</summary>
    public async Task SendAsync(string method, params object?[] arguments) =>
        await SendAsync(Protocol.GetMessageBytes(new InvocationMessage(method, arguments)));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Ends the connection as when the cable is cut.</summary>
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await EndedAsync();
        _socket.Dispose();
        _sending.Dispose();
    }

    private static IHubProtocol FindProtocol()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddRazorComponents().AddInteractiveServerComponents();
        return services.BuildServiceProvider().GetServices<IHubProtocol>().Single(protocol => protocol.Name == "blazorpack");
    }

    private async Task BeginAsync(string html, Uri address)
    {
        await SendAsync(Encoding.UTF8.GetBytes("""{"protocol":"blazorpack","version":1}""" + "\u001e"));
        var state = State().Match(html).Groups[1].Value;
        var begun = _answers["start"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        object?[] arguments = [new Uri(address, "/").ToString(), address.ToString(), "[]", state];
        await SendAsync(Protocol.GetMessageBytes(new InvocationMessage("start", "StartCircuit", arguments)));
        var id = await begun.Task.WaitAsync(_patience, TimeProvider.System);

        var markers = Marker().Matches(html).Select(match => match.Groups[1].Value)
            .Where(marker => marker.Contains("\"type\":\"server\"", StringComparison.Ordinal)).ToList();
        var operations = markers.Select((marker, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{marker}}}""");
        await SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state);
        await Task.WhenAny(_drawn.Task, _listening).WaitAsync(_patience, TimeProvider.System);
        if (id.Length == 0 || markers.Count == 0 || !_drawn.Task.IsCompleted)
        {
            throw new InvalidOperationException(
                $"The circuit did not start ({markers.Count} parts of the page are live): {string.Join(' ', Errors)}");
        }
    }

    /// <summary>Runs until the connection ends, whichever side ends it.</summary>
    private async Task ListenAsync()
    {
        var (received, buffer) = (new List<byte>(), new byte[65536]);
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is var part
                && part.MessageType != WebSocketMessageType.Close)
            {
                received.AddRange(buffer.AsSpan(0, part.Count));
                if (received is [(byte)'{', (byte)'}', 0x1e, ..])
                {
                    received.RemoveRange(0, 3);
                }

                await ParseAsync(received);
            }
        }
        catch (Exception ended) when (ended is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection was cut.
        }

        EndCalls("the connection ended");
    }

    private void EndCalls(string why)
    {
        foreach (var call in _calls.Values)
        {
            call.TrySetResult((false, why));
        }
    }

    private async Task ParseAsync(List<byte> received)
    {
        var sequence = new ReadOnlySequence<byte>(received.ToArray());
        var length = sequence.Length;
        while (Protocol.TryParseMessage(ref sequence, PageMethods.Known, out var message))
        {
            await AnswerAsync(message);
        }

        received.RemoveRange(0, (int)(length - sequence.Length));
    }

    private async Task AnswerAsync(HubMessage message)
    {
        switch (message)
        {
            case CompletionMessage { InvocationId: { } id } completed when _answers.TryGetValue(id, out var answer):
                answer.TrySetResult(completed.Result as string ?? "");
                break;
            case InvocationMessage { Target: "JS.RenderBatch" } batch:
                if (Interlocked.Increment(ref _batches) > 1)
                {
                    // The first batch has no more than the page's roots.
                    _drawn.TrySetResult();
                }

                foreach (var handler in DrawnHandlers.OfClicks((byte[])batch.Arguments[1]!))
                {
                    ClickHandlers.Enqueue(handler);
                }

                Drawn?.Invoke((byte[])batch.Arguments[1]!);
                await SendAsync("OnRenderCompleted", batch.Arguments[0], null);
                break;
            case InvocationMessage { Target: "JS.BeginInvokeJS", Arguments: [long call, _, _, int kind, ..] } when call != 0:
                var result = kind == ObjectReference ? $$"""{"__jsObjectId":{{Interlocked.Increment(ref _objects)}}}""" : "null";
                await SendAsync("EndInvokeJSFromDotNet", call, true, $"[{JsonSerializer.Serialize(call)},true,{result}]");
                break;
            case InvocationMessage { Target: "JS.EndInvokeDotNet" } ended when _calls.TryRemove((string)ended.Arguments[0]!, out var call):
                call.TrySetResult(((bool)ended.Arguments[1]!, (string?)ended.Arguments[2] ?? ""));
                break;
            case InvocationMessage { Target: "JS.Error" } failed:
                Errors.Enqueue((string)failed.Arguments[0]!);
                // The circuit has ended: a call without an answer never gets one.
                EndCalls("the circuit ended");
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

    /// <summary>The methods that the console calls on a page, and the types of their arguments.</summary>
    private sealed class PageMethods : IInvocationBinder
    {
        public static readonly PageMethods Known = new();

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
