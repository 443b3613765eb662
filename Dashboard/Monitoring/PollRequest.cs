using System.Threading.Channels;

namespace Dashboard.Monitoring;

/// <summary>A request to poll one instance before its next tick. Further requests until that poll begins count as the same one.</summary>
/// <remarks>Any thread may ask; one poller waits.</remarks>
internal sealed class PollRequest(TimeProvider time)
{
    /// <summary>The least time between two requested polls: many requests must not overload a server.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(500);

    private readonly Channel<bool> _asked =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long? _last;

    /// <summary>Whether the next poll is a requested one.</summary>
    public bool IsAsked => _asked.Reader.Count > 0;

    /// <summary>Never blocks, never fails.</summary>
    public void Ask() => _asked.Writer.TryWrite(true);

    /// <summary>Marks the beginning of a poll: it serves all requests made until now.</summary>
    public void Take() => _asked.Reader.TryRead(out _);

    /// <summary>Waits until a poll is requested, and <see cref="Spacing"/> has passed since the last requested one.</summary>
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
