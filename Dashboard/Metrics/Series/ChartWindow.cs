using System.Collections.Immutable;

namespace Dashboard.Metrics.Series;

/// <summary>How far back the charts of a page reach.</summary>
/// <param name="Key">As written in a URL, e.g. <c>15m</c>.</param>
/// <param name="Text">As written on the screen, e.g. <c>15 m</c>.</param>
public sealed record ChartWindow(string Key, string Text, TimeSpan Length)
{
    public static ImmutableArray<ChartWindow> All { get; } =
    [
        new("5m", "5 m", TimeSpan.FromMinutes(5)),
        new("15m", "15 m", TimeSpan.FromMinutes(15)),
        new("1h", "1 h", TimeSpan.FromHours(1)),
        new("6h", "6 h", TimeSpan.FromHours(6)),
        new("24h", "24 h", TimeSpan.FromHours(24)),
        new("7d", "7 d", TimeSpan.FromDays(7)),
        new("30d", "30 d", TimeSpan.FromDays(30)),
        new("90d", "90 d", TimeSpan.FromDays(90)),
    ];

    public static ChartWindow Default { get; } = All[1];

    /// <returns>The window of this key; <see cref="Default"/> for anything else.</returns>
    public static ChartWindow Parse(string? key) => All.FirstOrDefault(window => window.Key == key) ?? Default;
}
