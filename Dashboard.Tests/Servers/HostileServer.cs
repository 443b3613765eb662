using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Dashboard.Servers;

/// <summary>A server that speaks the protocol well enough to be watched, and answers what the test chooses.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly TestListener _listener;

    public HostileServer() => _listener = new(ServeAsync);

    public int Port => _listener.Port;

    public string Endpoint => $"{TestServer.Host}:{Port}";

    /// <summary>The answer to INFO: any bytes at all.</summary>
    public byte[] Info { get; set; } = [];

    /// <summary>If set, every query is refused with this instead: a whole line or more, without the dash.</summary>
    public byte[]? Error { get; set; }

    /// <summary>If set, INFO, CONFIG and PUBSUB are answered with exactly these bytes.</summary>
    public byte[]? Reply { get; set; }

    /// <summary>What CONFIG GET returns for each parameter.</summary>
    public byte[] Config { get; set; } = [];

    /// <summary>What PUBSUB CHANNELS lists.</summary>
    public IReadOnlyList<byte[]> Channels { get; set; } = [];

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream, CancellationToken cancel)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        while (await RequestAsync(reader, cancel) is { } words)
        {
            await stream.WriteAsync(Error is { } error ? [.. "-"u8, .. error, .. "\r\n"u8] : Answer(words), cancel);
        }
    }

    private byte[] Answer(string[] words) => (words[0].ToUpperInvariant(), words.ElementAtOrDefault(1)?.ToUpperInvariant()) switch
    {
        ("INFO" or "CONFIG" or "PUBSUB", _) when Reply is { } reply => reply,
        ("INFO", _) => Bulk(Info),
        ("CONFIG", _) => List([Encoding.Latin1.GetBytes(words[^1]), Config]),
        ("PUBSUB", "CHANNELS") => List(Channels),
        ("PUBSUB", _) => [.. "*2\r\n"u8, .. Bulk(Encoding.Latin1.GetBytes(words[^1])), .. ":1\r\n"u8],
        ("ECHO", _) => Bulk(Encoding.Latin1.GetBytes(words[1])),
        ("PING", _) => [.. "+PONG\r\n"u8],
        _ => [.. "+OK\r\n"u8],
    };

    private static byte[] Bulk(byte[] bytes) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"${bytes.Length}\r\n")), .. bytes, .. "\r\n"u8];

    private static byte[] List(IReadOnlyList<byte[]> parts) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"*{parts.Count}\r\n")), .. parts.SelectMany(Bulk)];

    /// <summary>The words of <c>*1\r\n$4\r\nINFO\r\n</c>; null when the other side closed the connection.</summary>
    private static async Task<string[]?> RequestAsync(StreamReader reader, CancellationToken cancel)
    {
        if (await reader.ReadLineAsync(cancel) is not { } head)
        {
            return null;
        }

        var words = new string[NumberOf(head)];
        for (var i = 0; i < words.Length; i++)
        {
            // Read by its length: the client library's ECHO is any bytes, including line ends.
            var word = new char[NumberOf(await reader.ReadLineAsync(cancel) ?? "$0") + 2];
            await reader.ReadBlockAsync(word, cancel);
            words[i] = new string(word[..^2]);
        }

        return words;
    }

    private static int NumberOf(string head) => int.Parse(head.AsSpan(1), CultureInfo.InvariantCulture);
}
