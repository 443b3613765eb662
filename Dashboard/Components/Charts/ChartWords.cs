using System.Globalization;
using Dashboard.Metrics;

namespace Dashboard.Components.Charts;

/// <summary>Says in words what a chart shows, for those who hear it instead.</summary>
internal static class ChartWords
{
    /// <summary>E.g. <c>Hit rate, last 5 minutes. cache: last 94.2 %, lowest 91 %, highest 96.3 %.</c></summary>
    public static string Summary(ChartFeed feed, TimeSpan window, bool frozen)
    {
        var lead = $"{feed.Spec.Title}, {(frozen ? "" : "last ")}{Span(window)}.";
        if (feed.IsLoading || feed.IsEmpty)
        {
            return $"{lead} No points yet.";
        }

        var lines = feed.Spec.Series.Select((series, i) => Line(series.Name, feed.Spec.Unit, PlotSummary.Of(feed.Points(i))));
        return $"{lead} {string.Join(' ', lines)}";
    }

    /// <summary>
    /// E.g. <c>5 minutes</c>, <c>24 hours</c>, <c>7 days</c>; the largest unit that says it in whole numbers, else seconds.
    /// </summary>
    public static string Span(TimeSpan span) => span switch
    {
        _ when span >= TimeSpan.FromDays(2) && span.Ticks % TimeSpan.TicksPerDay == 0 => Many(span.TotalDays, "day"),
        _ when span.Ticks >= TimeSpan.TicksPerHour && span.Ticks % TimeSpan.TicksPerHour == 0 => Many(span.TotalHours, "hour"),
        _ when span.Ticks >= TimeSpan.TicksPerMinute && span.Ticks % TimeSpan.TicksPerMinute == 0 => Many(span.TotalMinutes, "minute"),
        _ => Many(Math.Round(span.TotalSeconds), "second"),
    };

    /// <summary>How long before the newest point, e.g. <c>now</c>, <c>12 s</c>, <c>3 min</c>, <c>2 h</c>, <c>4 d</c>.</summary>
    public static string Ago(TimeSpan age) => age switch
    {
        _ when age < TimeSpan.FromSeconds(1) => "now",
        _ when age < TimeSpan.FromMinutes(2) => Whole(age.TotalSeconds, "s"),
        _ when age < TimeSpan.FromHours(2) => Whole(age.TotalMinutes, "min"),
        _ when age < TimeSpan.FromDays(2) => Whole(age.TotalHours, "h"),
        _ => Whole(age.TotalDays, "d"),
    };

    private static string Line(string name, Unit unit, PlotSummary over) => over.Last is null
        ? $"{name}: unknown."
        : $"{name}: last {UnitFormat.Text(unit, over.Last)}, lowest {UnitFormat.Text(unit, over.Low)}, highest "
            + $"{UnitFormat.Text(unit, over.High)}.";

    private static string Many(double number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:0} {noun}{(number == 1 ? "" : "s")}");

    private static string Whole(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:0}\u202F{unit}");
}
