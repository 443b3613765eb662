using System.Collections.Concurrent;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>
/// Records what a page should never do: a script error, a request to anywhere but the console, a secret sent or received.
/// </summary>
internal sealed class PageFaults
{

    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentQueue<Task> _answers = new();
    private readonly string _origin;

    public PageFaults(IPage page, string origin)
    {
        _origin = origin;
        page.PageError += (_, fault) => NoteError(fault);
        page.Console += (_, message) => Note(message);
        page.Request += (_, request) => Note(request.Url);
        // Once the answer is complete: the browser never reports the rest of one that the page left behind.
        page.RequestFinished += (_, request) => _answers.Enqueue(SearchAsync(request));
        page.WebSocket += (_, socket) => Note(socket);
    }

    /// <summary>True while errors are expected, such as those of a connection that the test itself cuts.</summary>
    public bool Expected { get; set; }

    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>The number of circuit frames; a test that opens a live page has some.</summary>
    public int Frames { get; private set; }

    /// <summary>Waits until every answer of the console was searched.</summary>
    public Task SearchedAsync() => Task.WhenAll(_answers);

    private void Note(IWebSocket socket)
    {
        Note(socket.Url);
        socket.FrameReceived += (_, frame) => Note(frame);
        socket.FrameSent += (_, frame) => Note(frame);
    }

    private void Note(IWebSocketFrame frame)
    {
        Frames++;
        if (frame.Binary is { } bytes ? Canaries.IsIn(bytes) : Canaries.IsIn(frame.Text ?? ""))
        {
            _seen.Enqueue("A frame of the circuit held a secret.");
        }
    }

    private async Task SearchAsync(IRequest request)
    {
        try
        {
            if (await request.ResponseAsync() is { } response && HasBody(response)
                && Canaries.IsIn(await response.BodyAsync().WaitAsync(Eventually.Bound, TimeProvider.System)))
            {
                _seen.Enqueue($"The answer of {request.Url} held a secret.");
            }
        }
        catch (Exception gone) when (gone is PlaywrightException or TimeoutException)
        {
            // The page was left before the body was read.
        }
    }

    /// <summary>A redirect has no body, and that of a download cannot be read.</summary>
    private static bool HasBody(IResponse response) => response.Status is not (301 or 302 or 303 or 304 or 307)
        && !(response.Headers.TryGetValue("content-disposition", out var how) && how.StartsWith("attachment", StringComparison.Ordinal));

    private void Note(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
        {
            NoteError($"{message.Type}: {message.Text} ({message.Location})");
        }
    }

    private void NoteError(string text)
    {
        if (!Expected || Canaries.IsKept(text))
        {
            _seen.Enqueue(text);
        }
    }

    private void Note(string url)
    {
        var own = _origin[_origin.IndexOf(':', StringComparison.Ordinal)..];
        if (!url.StartsWith("http" + own, StringComparison.Ordinal) && !url.StartsWith("ws" + own, StringComparison.Ordinal)
            && !url.StartsWith("blob:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal))
        {
            _seen.Enqueue($"request to {url}");
        }

        if (Canaries.IsKept(url))
        {
            _seen.Enqueue("An address held a secret.");
        }
    }
}
