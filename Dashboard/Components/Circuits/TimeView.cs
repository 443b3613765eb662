using System.Globalization;
using Dashboard.Metrics.Series;

namespace Dashboard.Components.Circuits;

/// <summary>The stretch of time that a page shows, as its URL says: a live window, or one frozen between two instants.</summary>
/// <param name="Window">The live window, or the one that was live before.</param>
/// <param name="Frozen">The frozen stretch; null while live.</param>
public sealed record TimeView(ChartWindow Window, (DateTimeOffset From, DateTimeOffset To)? Frozen = null)
{
    private static readonly TimeSpan MaxLength = TimeSpan.FromDays(400);

    public bool IsFrozen => Frozen is not null;

    /// <summary>Whether it is frozen to a stretch that is not the window's length, such as one chosen on a chart.</summary>
    public bool IsZoomed => Frozen is { } range && Math.Abs((range.To - range.From - Window.Length).TotalSeconds) > 1;

    public TimeSpan Length => Frozen is { } range ? range.To - range.From : Window.Length;

    /// <summary>Reads the page's query; what makes no sense is ignored.</summary>
    /// <param name="fromText">Unix milliseconds.</param>
    /// <param name="toText">Unix milliseconds, after <paramref name="fromText"/> and at most 400 days.</param>
    public static TimeView Read(string? window, string? fromText, string? toText)
    {
        var view = new TimeView(ChartWindow.Parse(window));
        return Milliseconds(fromText) is { } from && Milliseconds(toText) is { } to && from > 0 && to > from
            && to < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && to - from <= MaxLength.TotalMilliseconds
            ? view.FrozenBetween(DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to))
            : view;
    }

    private static long? Milliseconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

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
                parts.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"from={range.From.ToUnixTimeMilliseconds()}&to={range.To.ToUnixTimeMilliseconds()}"));
            }

            return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
        }
    }
}
