using System.Globalization;
using Dashboard.Metrics;

namespace Dashboard.Components.Live;

/// <summary>Which stretch of time a page shows, as its URL says: a live window, or one frozen between two instants.</summary>
/// <param name="Window">The live window, or the one that was live before.</param>
/// <param name="Frozen">The stretch the page stands still at; null while live.</param>
public sealed record TimeView(ChartWindow Window, (DateTimeOffset From, DateTimeOffset To)? Frozen = null)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    public bool IsFrozen => Frozen is not null;

    /// <summary>Frozen to a stretch that is not the window's length: chosen on a chart.</summary>
    public bool IsZoomed => Frozen is { } range && Math.Abs((range.To - range.From - Window.Length).TotalSeconds) > 1;

    public TimeSpan Length => Frozen is { } range ? range.To - range.From : Window.Length;

    /// <summary>From the page's query; what makes no sense there is as if it were not.</summary>
    /// <param name="from">Unix milliseconds.</param>
    /// <param name="to">Unix milliseconds, after <paramref name="from"/> and at most 400 days.</param>
    public static TimeView Read(string? window, long? from, long? to)
    {
        var view = new TimeView(ChartWindow.Parse(window));
        return from is > 0 && to > from && to < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && to - from <= Longest.TotalMilliseconds
            ? view.FrozenBetween(DateTimeOffset.FromUnixTimeMilliseconds(from.Value), DateTimeOffset.FromUnixTimeMilliseconds(to.Value))
            : view;
    }

    public DateTimeOffset From(DateTimeOffset now) => Frozen?.From ?? now - Window.Length;

    public DateTimeOffset To(DateTimeOffset now) => Frozen?.To ?? now;

    public TimeView With(ChartWindow window) => new(window);

    public TimeView Live() => this with { Frozen = null };

    public TimeView FrozenAt(DateTimeOffset now) => FrozenBetween(From(now), now);

    public TimeView FrozenBetween(DateTimeOffset from, DateTimeOffset to) => this with { Frozen = (from, to) };

    /// <summary>The query that restores this view, with its question mark; empty for the default view.</summary>
    public string Query
    {
        get
        {
            List<string> parts = [];
            if (Window != ChartWindow.Default)
            {
                parts.Add($"window={Window.Key}");
            }

            if (Frozen is { } range)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"from={range.From.ToUnixTimeMilliseconds()}&to={range.To.ToUnixTimeMilliseconds()}"));
            }

            return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
        }
    }
}
