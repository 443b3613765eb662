using Dashboard.Metrics;

namespace Dashboard.Components.Instances;

/// <summary>One number of a card.</summary>
/// <param name="Label">What it is, in two or three words.</param>
/// <param name="Number">Formatted for people; – when unknown.</param>
/// <param name="Suffix">Its unit, drawn smaller.</param>
/// <param name="Help">What it is, and how it is computed.</param>
/// <param name="Good">What good looks like.</param>
/// <param name="Spark">The metric its sparkline draws.</param>
/// <param name="Hot">Whether it indicates a problem.</param>
internal sealed record KeyFigure(
    string Label, string Number, string Suffix, string Help, string Good, Metric Spark, bool Hot = false)
{
    /// <param name="help">Why there is no number, in place of what the metric means; null where there is nothing to say.</param>
    public static KeyFigure Of(string label, Unit unit, double? value, Metric metric, bool hot = false, string? help = null)
    {
        var (number, suffix) = UnitFormat.Parts(unit, value);
        return new(label, number, suffix, help ?? metric.Help, metric.Good, metric, hot);
    }
}
