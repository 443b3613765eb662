using System.Globalization;
using StackExchange.Redis;

namespace Dashboard.Demo.Load;

/// <summary>Rails.cache and Rack::Attack: visitors read pages, missing pages are rendered and stored, requests are counted.</summary>
/// <remarks>
/// There are more pages than fit, so that the server evicts; most reads are hits all the same, because pages differ in popularity.
/// </remarks>
internal sealed class CacheTraffic(Target server, TimeProvider time) : Traffic(server, time)
{
    private const double ReadsPerSecond = 300;
    private const double CountedPerSecond = 25;
    private const int ReportEverySeconds = 150;
    // What the server counts for a page with its key, on average.
    private const int BytesPerPage = 6_300;

    private readonly Random _random = new();
    private readonly byte[] _content = RandomContent();
    // About three times as many pages as fit.
    private readonly Zipf _pages = new((int)(3 * server.MaxMemory / BytesPerPage), 1.12);
    private readonly int _pagesAtFirst = (int)Math.Min(0.92 * server.MaxMemory / BytesPerPage, 10_000);
    private ConnectionMultiplexer? _connection;

    /// <summary>
    /// Fills most of the cache with popular pages, so that the hit rate is realistic and evictions begin within the first minute.
    /// </summary>
    protected override async Task BeginAsync()
    {
        var cache = await DatabaseAsync();
        foreach (var ranks in Enumerable.Range(0, _pagesAtFirst).Chunk(250))
        {
            await Task.WhenAll(ranks.Select(rank => ReadAsync(cache, rank, Math.Max(0.02, _random.NextDouble()))));
        }
    }

    protected override async Task WorkAsync(double seconds)
    {
        var cache = await DatabaseAsync();
        var work = Enumerable.Range(0, LoadCurve.Now(ReadsPerSecond, seconds, _random)).Select(_ => ReadAsync(cache, _pages.Draw(_random)))
            .Concat(Enumerable.Range(0, LoadCurve.Now(CountedPerSecond, seconds, _random)).Select(_ => CountRequestAsync(cache)));
        // Now and then a report reads pages that no one else reads: the hit rate drops and evictions rise.
        if (seconds % ReportEverySeconds > ReportEverySeconds - 6)
        {
            work = work.Concat(Enumerable.Range(0, 15).Select(_ => ReadAsync(cache, _random.Next(_pages.Count))));
        }

        await Task.WhenAll(work);
    }

    public override void Dispose()
    {
        _connection?.Dispose();
        base.Dispose();
    }

    /// <param name="cache">The database to read from.</param>
    /// <param name="rank">The page's popularity.</param>
    /// <param name="left">How much of its life a missing page has left: 1 when it was rendered just now; never 0, which no server
    /// accepts.</param>
    private async Task ReadAsync(IDatabase cache, int rank, double left = 1)
    {
        var page = CachedPage.OfRank(rank);
        using var found = await cache.StringGetLeaseAsync(page.Key);
        if (found is null)
        {
            await cache.StringSetAsync(
                page.Key, new ReadOnlyMemory<byte>(_content, 0, page.Bytes), page.Life is { } life ? new Expiration(life * left) : default);
        }
    }

    /// <summary>Rack::Attack's counter of a visitor's requests in this minute: <c>rack::attack:29387412:req/ip:203.0.113.7</c>.</summary>
    private async Task CountRequestAsync(IDatabase cache)
    {
        var second = Time.GetUtcNow().ToUnixTimeSeconds();
        var key = string.Create(CultureInfo.InvariantCulture, $"rack::attack:{second / 60}:req/ip:203.0.113.{_random.Next(1, 255)}");
        if (await cache.StringIncrementAsync(key) == 1)
        {
            await cache.KeyExpireAsync(key, TimeSpan.FromSeconds(61 - second % 60));
        }
    }

    private async Task<IDatabase> DatabaseAsync() => (_connection ??= await ConnectAsync("rails-cache")).GetDatabase();

    private static byte[] RandomContent()
    {
        var bytes = new byte[CachedPage.LargestBytes];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
