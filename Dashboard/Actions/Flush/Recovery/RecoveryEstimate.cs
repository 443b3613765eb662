using Dashboard.History;
using Dashboard.Metrics;
using Dashboard.Monitoring;

namespace Dashboard.Actions.Flush.Recovery;

/// <summary>Looks through a cache's history for times when it was emptied, and makes of them how long a flush would be felt.</summary>
internal sealed class RecoveryEstimate(HistoryQuery history, TimeProvider time)
{
    private static readonly TimeSpan Far = TimeSpan.FromDays(30);

    /// <summary>A preview waits no longer for history.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Over which today's reads are taken.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    /// <summary>Not each fall of the keys is an emptying, seen from near.</summary>
    private const int MostLooks = 2 * HitRateRecovery.MostPast;

    /// <summary>Enough for the hour before, and for another emptying before that.</summary>
    private static readonly TimeSpan Around = 2 * CacheDrops.Before;

    private static readonly Metric Hits = MetricCatalog.Get("keyspace_hits");
    private static readonly Metric Misses = MetricCatalog.Get("keyspace_misses");
    private static readonly Metric[] Parts = [Hits, Misses, MetricCatalog.Get("keys")];

    /// <summary>Never fails for a store in trouble or a slow one: then it goes by what is read now.</summary>
    /// <param name="flushes">When this console flushed all of it and it was not undone, in any order; see
    /// <see cref="CacheDrops.TimesIn"/>.</param>
    public async Task<HitRateRecovery> OfAsync(InstanceState target, IReadOnlyCollection<DateTimeOffset> flushes, CancellationToken cancel)
    {
        var keys = target.Facts?.Snapshot.Keyspace.Keys;
        var reads = target.Over(Hits, Usual)?.Value + target.Over(Misses, Usual)?.Value;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            return HitRateRecovery.Of(await PastAsync(target, flushes, enough.Token).WaitAsync(Patience, time, cancel), keys, reads);
        }
        catch (TimeoutException)
        {
            await enough.CancelAsync();
            return HitRateRecovery.Of([], keys, reads);
        }
    }

    /// <summary>
    /// Thirty days are read in steps of a quarter of an hour, which shows when, and then the hours around the last ones finely, which shows
    /// how long.
    /// </summary>
    private async Task<IReadOnlyList<CacheDrop>> PastAsync(
        InstanceState target, IReadOnlyCollection<DateTimeOffset> flushes, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var coarse = await ReadAsync(target, now - Far, now, cancel);
        var found = new List<CacheDrop>();
        foreach (var at in CacheDrops.TimesIn(coarse, flushes).TakeLast(MostLooks))
        {
            var fine = await ReadAsync(target, at - Around, Earlier(now, at + CacheDrops.After + Around), cancel);
            var known = found.Count > 0 ? found[^1].At + CacheDrops.Before : DateTimeOffset.MinValue;
            found.AddRange(CacheDrops.In(fine, flushes).Where(one => one.At > known));
        }

        return found;
    }

    private async Task<IReadOnlyList<Reading>> ReadAsync(
        InstanceState target, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        (await history.ReadAsync(target.Instance.Id, from, to, Parts, target.Recent.All, cancel)).Readings;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
