using System.Threading.Channels;

namespace Dashboard.Monitoring;

/// <summary>
/// Somebody wants one instance polled before its next tick. Whoever asks again until that poll begins asks for the same one.
/// </summary>
/// <remarks>Asked from anywhere, awaited by one poller.</remarks>
internal sealed class PollRequest(TimeProvider time)
{
    /// <summary>From one poll that was asked for to the next: asking a lot must not hammer a server.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(500);

    private readonly Channel<bool> _asked =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long? _last;

    /// <summary>Whether the next poll is one that somebody asked for.</summary>
    public bool IsAsked => _asked.Reader.Count > 0;

    /// <summary>Never blocks, never fails.</summary>
    public void Ask() => _asked.Writer.TryWrite(true);

    /// <summary>A poll begins: it is the one for all who asked until now.</summary>
    public void Take() => _asked.Reader.TryRead(out _);

    /// <summary>Until a poll is asked for, and <see cref="Spacing"/> has gone by since the last one that was.</summary>
    public async Task AskedAsync(CancellationToken cancel)
    {
        await _asked.Reader.WaitToReadAsync(cancel);
        if (_last is { } last && Spacing - time.GetElapsedTime(last) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, cancel);
        }

        _last = time.GetTimestamp();
    }
}
