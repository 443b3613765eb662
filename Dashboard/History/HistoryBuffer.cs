using System.Threading.Channels;
using Dashboard.Instances;
using Dashboard.Metrics;

namespace Dashboard.History;

/// <summary>
/// Readings that wait to be written. Bounded: when the store cannot be written for long, the oldest are lost and counted.
/// </summary>
internal sealed class HistoryBuffer
{
    /// <summary>Three instances polled each second fill it in an hour.</summary>
    public const int Capacity = 10_800;

    private readonly Channel<HistoryEntry> _channel;
    private long _dropped;

    public HistoryBuffer() => _channel = Channel.CreateBounded<HistoryEntry>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        _ => Interlocked.Increment(ref _dropped));

    /// <summary>Readings lost since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public int Count => _channel.Reader.Count;

    /// <summary>Never blocks, never fails.</summary>
    public void Append(InstanceId instance, Reading reading) => _channel.Writer.TryWrite(new(instance, reading));

    /// <summary>Counts readings that were taken out, could not be written and will not be tried again.</summary>
    public void CountLost(int count) => Interlocked.Add(ref _dropped, count);

    /// <summary>Takes out the oldest readings, at most <paramref name="limit"/>.</summary>
    public List<HistoryEntry> Take(int limit)
    {
        var taken = new List<HistoryEntry>();
        while (taken.Count < limit && _channel.Reader.TryRead(out var entry))
        {
            taken.Add(entry);
        }

        return taken;
    }
}
