namespace Dashboard.Actions;

/// <summary>
/// How fast a walk over keys may go without other clients feeling it, from the round trips of its own pages. Pure: each page gives the next pace.
/// Measured on 1 M keys: pages of 100 with a pause of 1 to 2 ms keep other clients' p99 within a millisecond; larger pages gain nothing.
/// </summary>
/// <param name="Pause">Before the next page.</param>
internal sealed record Pace(int Size, TimeSpan Pause)
{
    /// <summary>Keys a page: <c>SCAN … COUNT</c>.</summary>
    public const int Full = 100;

    private const int Least = 10;

    /// <summary>Pages by which the walk's own base is known.</summary>
    private const int Warming = 20;

    /// <summary>The last pages, by which the present p95 is known.</summary>
    private const int Looked = 40;

    public static readonly TimeSpan Abort = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Unbearable = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Bearable = TimeSpan.FromMilliseconds(5);

    public static Pace Begin { get; } = new(Full, Shortest);

    /// <summary>The quiet round trip: the median of the first pages; null until there are enough.</summary>
    public TimeSpan? Base { get; private init; }

    /// <summary>Since when the server has been too slow for us, on the monotonic clock; null while it is not.</summary>
    public TimeSpan? SlowSince { get; private init; }

    /// <summary>The latest round trips, newest last.</summary>
    private IReadOnlyList<TimeSpan> Latest { get; init; } = [];

    /// <summary>Slower than it began.</summary>
    public bool IsHeld => Pause > Shortest || Size < Full;

    /// <summary>The walk has to end: the server was too slow for <see cref="Abort"/>.</summary>
    public bool HasToEndAt(TimeSpan now) => SlowSince is { } since && now - since >= Abort;

    /// <param name="took">Of one page, asking and answer.</param>
    /// <param name="now">On the monotonic clock.</param>
    public Pace After(TimeSpan took, TimeSpan now)
    {
        IReadOnlyList<TimeSpan> latest = [.. Latest.TakeLast(Looked - 1), took];
        var quiet = Base ?? (latest.Count >= Warming ? At(latest, 0.5) : null);
        var p95 = At(latest, 0.95);
        var slow = p95 > Unbearable || (quiet is { } one && p95 > Bearable && p95 > 5 * one);
        var (size, pause) = quiet is { } calm && latest.Count >= Warming && At([.. latest.TakeLast(Warming)], 0.5) is var present && present > 2 * calm && present > Shortest
            ? (Math.Max(Least, Size / 2), Min(Longest, 2 * Pause))
            : (Math.Min(Full, Size + 5), Max(Shortest, 0.9 * Pause));
        return new(size, pause) { Base = quiet, Latest = latest, SlowSince = slow ? SlowSince ?? now : null };
    }

    private static TimeSpan At(IReadOnlyList<TimeSpan> times, double share) => times.Order().ElementAt((int)Math.Min(times.Count - 1, Math.Floor(share * times.Count)));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
