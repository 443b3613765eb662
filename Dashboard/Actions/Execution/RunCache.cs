using System.Collections.Concurrent;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Actions.Execution;

/// <summary>
/// The latest runs of each instance as this console read them last, for however many pages look: read each second while something runs or is
/// left open, else every five.
/// </summary>
internal sealed partial class RunCache(RunStore runs, IEnumerable<IActionAftermath> aftermaths, TimeProvider time, ILogger<RunCache> log)
{
    /// <summary>The one that runs, and so many before it.</summary>
    private const int Most = 6;

    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(950);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<InstanceId, Place> _places = new();

    /// <summary>At once: what was read last. Where that is old, it is read again meanwhile.</summary>
    public LatestRuns Of(InstanceId instance)
    {
        var place = _places.GetOrAdd(instance, _ => new());
        if (place.At is not { } at || time.GetElapsedTime(at) >= (place.Latest is { Running: null, Aftermath: [] } ? Quiet : Busy))
        {
            // It ends by itself, and writes down what goes wrong.
            _ = ReadAsync(instance, place);
        }

        return place.Latest;
    }

    /// <summary>Reads it now: something was begun or stopped here.</summary>
    public Task ReadAsync(InstanceId instance) => ReadAsync(instance, _places.GetOrAdd(instance, _ => new()));

    private async Task ReadAsync(InstanceId instance, Place place)
    {
        if (Interlocked.Exchange(ref place.Reading, 1) == 1)
        {
            return;
        }

        try
        {
            place.Latest = new(await runs.NewestAsync(instance, Most, CancellationToken.None), null)
            {
                Aftermath = await OpenAsync(instance),
            };
        }
        catch (StoreException unusable)
        {
            place.Latest = place.Latest with { Trouble = unusable.Message };
        }
        catch (Exception error)
        {
            LogUnexpected(error, instance);
        }
        finally
        {
            place.At = time.GetTimestamp();
            Volatile.Write(ref place.Reading, 0);
        }
    }

    private async Task<IReadOnlyList<AftermathItem>> OpenAsync(InstanceId instance)
    {
        List<AftermathItem> open = [];
        foreach (var aftermath in aftermaths)
        {
            open.AddRange(await aftermath.OpenAsync(instance, CancellationToken.None));
        }

        return open;
    }

    [LoggerMessage(603, LogLevel.Error, "Reading the runs of {Instance} failed in a way it should not; it is tried again in 5 s")]
    private partial void LogUnexpected(Exception error, InstanceId instance);

    /// <summary>What was read of one instance, and when.</summary>
    private sealed class Place
    {
        public int Reading;

        public volatile LatestRuns Latest = LatestRuns.Unread;

        public long? At { get; set; }
    }
}
