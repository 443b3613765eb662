using System.Globalization;
using System.Text;

namespace Dashboard.Valkey.Resp;

/// <summary>
/// Asks one question at a time in RESP 2 over an open stream. It never reads past a reply, so that the stream can be handed on.
/// </summary>
/// <remarks>
/// These few lines of protocol find out what is wrong before the client library gets the connection: the library hides it.
/// </remarks>
internal sealed class RespClient(Stream stream)
{
    /// <summary>The largest value in bytes: a hundred times a usual INFO.</summary>
    public const int MaxValue = 4 * 1024 * 1024;

    /// <summary>The longest line in bytes.</summary>
    private const int MaxLine = 4096;

    private const string Cut = "in the middle of a reply";

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<RespReply> AskAsync(ReadOnlyMemory<byte>[] words, CancellationToken cancel)
    {
        try
        {
            await stream.WriteAsync(RespRequest.Encode(words), cancel);
        }
        catch (IOException)
        {
            // A server that refuses the connection says why and closes before it reads: its reply is worth more than the broken pipe.
        }

        return await ReadAsync(cancel);
    }

    private async Task<RespReply> ReadAsync(CancellationToken cancel)
    {
        await FillAsync(cancel);
        if (_buffer[_start] is not ((byte)'+' or (byte)'-' or (byte)'$'))
        {
            return Alien();
        }

        var kind = (char)_buffer[_start];
        if (await LineAsync(cancel) is not { } line)
        {
            return Alien();
        }

        return kind switch
        {
            '+' => new(RespType.Value, line),
            '-' => new(RespType.Error, line),
            _ when int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= MaxValue =>
                new(RespType.Value, await ValueAsync(length, cancel)),
            _ => new(RespType.Alien, "$" + line),
        };
    }

    /// <summary>The line after its first byte, or null when it does not end within the bound.</summary>
    private async Task<string?> LineAsync(CancellationToken cancel)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (length > 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start + 1, length - 1);
                _start += length + 2;
                return line;
            }

            if (_end - _start >= MaxLine)
            {
                return null;
            }

            await ReadMoreAsync(cancel);
        }
    }

    private async Task<string> ValueAsync(int length, CancellationToken cancel)
    {
        var value = new byte[length + 2];
        var buffered = Math.Min(value.Length, _end - _start);
        _buffer.AsSpan(_start, buffered).CopyTo(value);
        _start += buffered;
        var rest = value.AsMemory(buffered);
        if (await stream.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancel) < rest.Length)
        {
            throw new EndOfStreamException(Cut);
        }

        return Encoding.UTF8.GetString(value, 0, length);
    }

    private RespReply Alien()
    {
        var seen = _buffer.AsSpan(_start, Math.Min(_end - _start, 80));
        var end = seen.IndexOfAny((byte)'\r', (byte)'\n');
        return new(RespType.Alien, Encoding.Latin1.GetString(end < 0 ? seen : seen[..end]));
    }

    private async Task FillAsync(CancellationToken cancel)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
            await ReadMoreAsync(cancel);
        }
    }

    private async Task ReadMoreAsync(CancellationToken cancel)
    {
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancel);
        if (read == 0)
        {
            throw new EndOfStreamException(_end == _start ? "" : Cut);
        }

        _end += read;
    }
}
