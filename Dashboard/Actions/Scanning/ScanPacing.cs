namespace Dashboard.Actions.Scanning;

/// <summary>
/// How fast a walk over keys may go without other clients feeling it, from the round trips of its own pages. Pure: each page gives the next
/// pace.
/// </summary>
/// <param name="Size">Keys of the next page.</param>
/// <param name="Pause">Before the next page.</param>
internal sealed record ScanPacing(ScanBudget Budget, int Size, TimeSpan Pause)
{
    /// <summary>Pages by which the walk's own base is known.</summary>
    private const int Warming = 20;

    /// <summary>The last pages, by which the present p95 is known.</summary>
    private const int Looked = 40;

    public static readonly TimeSpan Abort = TimeSpan.FromSeconds(3);

    /// <summary>Round trips up to it are good, whatever the base; a pause below it is none to a timer.</summary>
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>A walk that gives way pauses no longer, unless its budget does anyway.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    /// <summary>The quiet round trip: the median of the first pages; null until there are enough.</summary>
    public TimeSpan? Base { get; private init; }

    /// <summary>Since when the server has been too slow for us, on the monotonic clock; null while it is not.</summary>
    public TimeSpan? SlowSince { get; private init; }

    /// <summary>The latest round trips, newest last.</summary>
    private IReadOnlyList<TimeSpan> Latest { get; init; } = [];

    /// <summary>Slower than it began.</summary>
    public bool IsHeld => Pause > Budget.Pause || Size < Budget.PageSize;

    public static ScanPacing Begin(ScanBudget budget) => new(budget, budget.PageSize, budget.Pause);

    /// <summary>The walk has to end: the server was too slow for <see cref="Abort"/>.</summary>
    public bool HasToEndAt(TimeSpan now) => SlowSince is { } since && now - since >= Abort;

    /// <param name="took">Of one page, asking and answer.</param>
    /// <param name="now">On the monotonic clock.</param>
    public ScanPacing After(TimeSpan took, TimeSpan now)
    {
        IReadOnlyList<TimeSpan> latest = [.. Latest.TakeLast(Looked - 1), took];
        var quiet = Base ?? (latest.Count >= Warming ? At(latest, 0.5) : null);
        var slow = IsTooSlow(At(latest, 0.95), quiet);
        var (size, pause) = latest.Count >= Warming && (slow || IsBusier(At([.. latest.TakeLast(Warming)], 0.5), quiet))
            ? Slower()
            : Faster();
        return new(Budget, size, pause) { Base = quiet, Latest = latest, SlowSince = slow ? SlowSince ?? now : null };
    }

    /// <summary>Over the budget, or five times its base and no less than a quarter of the budget.</summary>
    private bool IsTooSlow(TimeSpan p95, TimeSpan? quiet) =>
        p95 > Budget.Latency || (quiet is { } one && p95 > Budget.Latency / 4 && p95 > 5 * one);

    /// <summary>Twice as slow as it began.</summary>
    private static bool IsBusier(TimeSpan present, TimeSpan? quiet) => quiet is { } one && present > 2 * one && present > Millisecond;

    private (int Size, TimeSpan Pause) Slower() =>
        (Math.Max(ScanBudget.LeastPage, Size / 2), Max(Budget.Pause, Min(Longest, Max(Millisecond, 2 * Pause))));

    private (int Size, TimeSpan Pause) Faster() =>
        (Math.Min(Budget.PageSize, Size + 5),
            0.9 * Pause is var shorter && shorter > Millisecond ? Max(Budget.Pause, shorter) : Budget.Pause);

    private static TimeSpan At(IReadOnlyList<TimeSpan> times, double share) =>
        times.Order().ElementAt((int)Math.Min(times.Count - 1, Math.Floor(share * times.Count)));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
