using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>What a page should never do: a script error, or a request to anywhere but the console.</summary>
internal sealed class PageFaults
{
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly string _origin;

    public PageFaults(IPage page, string origin)
    {
        _origin = origin;
        page.PageError += (_, fault) => NoteError(fault);
        page.Console += (_, message) => Note(message);
        page.Request += (_, request) => Note(request.Url);
        page.WebSocket += (_, socket) => Note(socket.Url);
    }

    /// <summary>Errors of a connection that a test itself cuts are expected meanwhile.</summary>
    public bool Expected { get; set; }

    public IReadOnlyCollection<string> Seen => _seen;

    private void Note(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
        {
            NoteError($"{message.Type}: {message.Text} ({message.Location})");
        }
    }

    private void NoteError(string text)
    {
        if (!Expected)
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
    }
}
