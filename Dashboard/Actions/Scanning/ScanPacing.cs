namespace Dashboard.Actions.Scanning;

/// <summary>
/// How fast a scan may go without affecting other clients, from the round trips of its own pages. Pure: each page gives the next pace.
/// </summary>
/// <param name="Size">Number of keys of the next page.</param>
/// <param name="Pause">Pause before the next page.</param>
internal sealed record ScanPacing(ScanBudget Budget, int Size, TimeSpan Pause)
{
    /// <summary>The number of pages after which the scan's own base is known.</summary>
    private const int WarmUpPages = 20;

    /// <summary>The number of last pages from which the present p95 is computed.</summary>
    private const int RecentPages = 40;

    public static readonly TimeSpan AbortAfter = TimeSpan.FromSeconds(3);

    /// <summary>Round trips up to this long are good, whatever the base; a timer cannot pause for less.</summary>
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest pause of a scan that slows down, unless its budget has a longer one.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The undisturbed round trip: the median of the first pages; null until there are enough.</summary>
    public TimeSpan? Base { get; private init; }

    /// <summary>Since when the server has been too slow, on the monotonic clock; null while it is not.</summary>
    public TimeSpan? SlowSince { get; private init; }

    /// <summary>The latest round trips, newest last.</summary>
    private IReadOnlyList<TimeSpan> Latest { get; init; } = [];

    /// <summary>Whether the scan was slowed down: its pages are smaller, or its pauses longer, than the budget says.</summary>
    public bool IsSlowed => Pause > Budget.Pause || Size < Budget.PageSize;

    public static ScanPacing Begin(ScanBudget budget) => new(budget, budget.PageSize, budget.Pause);

    /// <summary>Whether the scan has to end: the server was too slow for <see cref="AbortAfter"/>.</summary>
    public bool HasToEndAt(TimeSpan now) => SlowSince is { } since && now - since >= AbortAfter;

    /// <param name="took">The round trip of one page.</param>
    /// <param name="now">On the monotonic clock.</param>
    public ScanPacing After(TimeSpan took, TimeSpan now)
    {
        IReadOnlyList<TimeSpan> latest = [.. Latest.TakeLast(RecentPages - 1), took];
        var quiet = Base ?? (latest.Count >= WarmUpPages ? At(latest, 0.5) : null);
        var slow = IsTooSlow(At(latest, 0.95), quiet);
        var (size, pause) = latest.Count >= WarmUpPages && (slow || IsBusier(At([.. latest.TakeLast(WarmUpPages)], 0.5), quiet))
            ? Slower()
            : Faster();
        return new(Budget, size, pause) { Base = quiet, Latest = latest, SlowSince = slow ? SlowSince ?? now : null };
    }

    /// <summary>Whether it is over the budget, or over five times its base and a quarter of the budget.</summary>
    private bool IsTooSlow(TimeSpan p95, TimeSpan? quiet) =>
        p95 > Budget.Latency || (quiet is { } one && p95 > Budget.Latency / 4 && p95 > 5 * one);

    /// <summary>Whether it is more than twice the base, and more than a millisecond.</summary>
    private static bool IsBusier(TimeSpan present, TimeSpan? quiet) => quiet is { } one && present > 2 * one && present > Millisecond;

    private (int Size, TimeSpan Pause) Slower() =>
        (Math.Max(ScanBudget.MinPageSize, Size / 2), Max(Budget.Pause, Min(MaxPause, Max(Millisecond, 2 * Pause))));

    private (int Size, TimeSpan Pause) Faster() =>
        (Math.Min(Budget.PageSize, Size + 5),
            0.9 * Pause is var shorter && shorter > Millisecond ? Max(Budget.Pause, shorter) : Budget.Pause);

    private static TimeSpan At(IReadOnlyList<TimeSpan> times, double share) =>
        times.Order().ElementAt((int)Math.Min(times.Count - 1, Math.Floor(share * times.Count)));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
