namespace Dashboard.Components.Charts;

/// <summary>
/// The charts of one page: the page tells it what is new, <see cref="ChartBoard"/> sends that to the browser in one call a tick.
/// Belongs to one circuit and is used on its dispatcher only.
/// </summary>
public sealed class BoardFeed
{
    private readonly Dictionary<string, ChartFeed> _charts;
    private bool _moved = true;

    /// <param name="specs">Every chart the page may show; ids are unique.</param>
    /// <param name="window">Length of the time axis.</param>
    /// <param name="now">Right end of the time axis, the server's clock.</param>
    public BoardFeed(IEnumerable<ChartSpec> specs, TimeSpan window, DateTimeOffset now)
    {
        _charts = specs.ToDictionary(spec => spec.Id, spec => new ChartFeed(spec));
        (Window, Now) = (window, now);
    }

    /// <summary>Length of the time axis.</summary>
    public TimeSpan Window { get; private set; }

    /// <summary>The server's time at the last tick.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Right end of a paused or zoomed axis; null while it is live.</summary>
    public DateTimeOffset? FrozenAt { get; private set; }

    /// <summary>One chart of the page.</summary>
    /// <exception cref="KeyNotFoundException">The board was not given a chart of this id.</exception>
    public ChartFeed this[string chart] => _charts.TryGetValue(chart, out var feed)
        ? feed
        : throw new KeyNotFoundException($"The board has no chart '{chart}'; give its spec to the BoardFeed.");

    /// <summary>
    /// Another window, live again or frozen at an instant. Every chart then waits for a seed and keeps its old picture meanwhile.
    /// </summary>
    public void Show(TimeSpan window, DateTimeOffset? frozenAt = null)
    {
        (Window, FrozenAt, _moved) = (window, frozenAt, true);
        foreach (var chart in _charts.Values)
        {
            chart.Wait();
        }
    }

    /// <summary>Holds the axis where it is; numbers go on. <see cref="Show"/> and new seeds let it go.</summary>
    public void Freeze() => (FrozenAt, _moved) = (Now, true);

    /// <summary>Moves the right end of a live axis to now.</summary>
    public void Advance(DateTimeOffset now)
    {
        _moved |= FrozenAt is null && now != Now;
        Now = now;
    }

    /// <summary>Everything a chart shows in the current window.</summary>
    public void Seed(string chart, params IReadOnlyList<ChartTrack> tracks) => this[chart].Seed(tracks);

    /// <summary>
    /// What is new: each series drops its points at or after the first one given, and appends. Before the seed, and while frozen, only the
    /// numbers take note.
    /// </summary>
    public void Tail(string chart, params IReadOnlyList<ChartTrack> tracks)
    {
        var feed = this[chart];
        feed.Tail(tracks, FrozenAt is null && !feed.IsLoading ? (Now - Window).ToUnixTimeMilliseconds() : null);
    }

    /// <summary>
    /// The numbers beside a chart, one a series, null for unknown: they move with every poll, the picture only when it would look
    /// different.
    /// </summary>
    public void Say(string chart, params IReadOnlyList<double?> numbers) => this[chart].Say(numbers);

    /// <summary>All marks of a chart in the current window.</summary>
    public void Mark(string chart, IReadOnlyList<ChartMark> marks) => this[chart].Mark(marks);

    /// <summary>The browser's copy is lost or in doubt: the next message holds everything.</summary>
    internal void Resend()
    {
        _moved = true;
        foreach (var chart in _charts.Values)
        {
            chart.Resend();
        }
    }

    /// <summary>What the browser lacks, null when nothing.</summary>
    internal BoardMessage? Take()
    {
        ChartMessage[] news = [.. _charts.Values.Select(chart => chart.Take()).OfType<ChartMessage>()];
        if (news.Length == 0 && !_moved)
        {
            return null;
        }

        _moved = false;
        return new((FrozenAt ?? Now).ToUnixTimeMilliseconds(), (long)Window.TotalMilliseconds, FrozenAt is not null, news);
    }
}
