using System.Collections.Immutable;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Monitoring;

namespace Dashboard.Components.Instances;

/// <summary>The few numbers that matter for an instance's purpose: one large, four small.</summary>
internal sealed record KeyFigures(KeyFigure Hero, ImmutableArray<KeyFigure> Tiles)
{
    /// <summary>The window of rates on a card: long enough to be steady, short enough to follow.</summary>
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(5);

    /// <param name="window">What "over the window" means on this page; at most 15 minutes.</param>
    public static KeyFigures Of(InstanceState state, TimeSpan window)
    {
        var set = state.Instance.Profile.Figures;
        return new(Figure(set.Hero), [.. set.Tiles.Select(Figure)]);

        KeyFigure Figure(KeyFigureProfile figure) => Of(figure, state, window);
    }

    private static KeyFigure Of(KeyFigureProfile figure, InstanceState state, TimeSpan window)
    {
        var metric = MetricCatalog.Get(figure.Metric);
        var label = figure.Label ?? metric.Title;
        return figure.Source switch
        {
            FigureSource.Latest => KeyFigure.Of(label, metric.Unit, Latest(metric, state), metric),
            FigureSource.Rate => KeyFigure.Of(label, metric.Unit, state.Over(metric, Now)?.Value, metric),
            FigureSource.Window => KeyFigure.Of(Over(label, window), metric.Unit, state.Over(metric, window)?.Value, metric),
            FigureSource.Occurrences => Occurrences(Over(label, window), (CounterMetric)metric, state, window),
            FigureSource.Counted => Identities(label, metric, state),
            FigureSource.AppendOnlyFile => Aof(label, metric, state),
            _ => throw new ArgumentOutOfRangeException(nameof(figure)),
        };
    }

    private static string Over(string label, TimeSpan window) => $"{label} · {window.TotalMinutes:0} m";

    /// <summary>The latest value. While polls fail it is the last known one: the card greys it and shows its age.</summary>
    private static double? Latest(Metric metric, InstanceState state) =>
        state.FactsReading is { } reading ? metric.Over(reading)?.Value : null;

    private static KeyFigure Identities(string label, Metric metric, InstanceState state)
    {
        var help = state.Facts?.Supplementary.IdentitiesSkipped == true
            ? "Not counted: above 5,000 channels, listing them would hold the server up."
            : null;
        return KeyFigure.Of(label, Unit.Count, state.Facts?.Supplementary.IdentitiesOnline, metric, help: help);
    }

    /// <summary>The number of occurrences over the window: a rate of something so rare would read 0.</summary>
    private static KeyFigure Occurrences(string label, CounterMetric metric, InstanceState state, TimeSpan window)
    {
        var many = state.Window.Over(window)?.Counters[metric.Slot] is { Seconds: > 0 } cell ? cell.Delta : (double?)null;
        return KeyFigure.Of(label, Unit.Count, many, metric, hot: many > 0);
    }

    private static KeyFigure Aof(string label, Metric metric, InstanceState state)
    {
        var aof = state.Facts?.Snapshot.Persistence;
        var (word, hot) = aof switch
        {
            null or { AofEnabled: null } => (UnitFormat.Unknown, false),
            { AofEnabled: false } => ("off", true),
            { AofLastWriteOk: false } => ("failing", true),
            { AofRewriting: true } => ("rewriting", false),
            _ => ("ok", false),
        };
        var size = UnitFormat.Text(Unit.Bytes, aof?.AofSize);
        var suffix = size == UnitFormat.Unknown ? "" : " " + size;
        return new(label, word, suffix, "Whether writes reach the append-only file, and its size.", $"ok. {metric.Good}", metric, hot);
    }
}
